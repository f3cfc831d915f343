// What the host says in the terminal, in both languages at once: it speaks before the desk's language
// is known.
import type { CoreFailure } from '../../preload/contract/host.ts';
import { fileTroubleInWords, type Said } from '../host/policy-file.ts';
import type { OptionProblem } from './options.ts';

export const bothLanguages = ({ en, de }: Said): string => `${en}\n${de}\n`;

export function optionProblemInWords(problem: OptionProblem): Said {
  switch (problem.problem) {
    case 'unknown':
      return {
        en: `Unknown option "${problem.option}".`,
        de: `Unbekannte Option „${problem.option}“.`,
      };
    case 'valueMissing':
      return {
        en: `The option ${problem.option} needs a value.`,
        de: `Die Option ${problem.option} braucht einen Wert.`,
      };
    case 'valueUnexpected':
      return {
        en: `The option ${problem.option} takes no value.`,
        de: `Die Option ${problem.option} nimmt keinen Wert an.`,
      };
    case 'portInvalid':
      return {
        en: `"${problem.value}" is not a port: a number from 0 (any) to 65535 is needed.`,
        de: `„${problem.value}“ ist kein Port: nötig ist eine Zahl von 0 (beliebig) bis 65535.`,
      };
    case 'languageInvalid':
      return {
        en: `There is no language "${problem.value}": use en or de.`,
        de: `Die Sprache „${problem.value}“ gibt es nicht: möglich sind en und de.`,
      };
  }
}

export const usage: Said = {
  en: `npm start -- [options]
  --loopback         the desk in a browser, not in Electron
  --port N           port of the desk's address (0 = any free one)
  --data DIR         where everything is kept
  --practice         practice line only, even if there is an account
  --language en|de   language of the desk
  --sample           put the sample book into an empty desk
  --no-open          open no window, print the address
  --json             first line on stdout: {"url", "pid", "corePid", "api"}; the local API is on
  --api-token-file FILE  write a token for everything to that file; the local API is on
  --policy FILE      the organisation's policy (JSON)`,
  de: `npm start -- [Optionen]
  --loopback         den Arbeitsplatz im Browser öffnen statt in Electron
  --port N           Port der Adresse (0 = irgendein freier)
  --data ORDNER      wo alles abgelegt wird
  --practice         nur die Übungsleitung, auch wenn es ein Konto gibt
  --language en|de   Sprache des Arbeitsplatzes
  --sample           ein leeres Kundenbuch mit Beispielen füllen
  --no-open          kein Fenster öffnen, nur die Adresse nennen
  --json             erste Zeile auf stdout: {"url", "pid", "corePid", "api"}; die lokale API ist an
  --api-token-file DATEI  ein Token für alles in diese Datei schreiben; die lokale API ist an
  --policy DATEI     die Richtlinie der Organisation (JSON)`,
};

export const deskIsAt = (url: string): Said => ({
  en: `The desk is at ${url}`,
  de: `Der Arbeitsplatz ist unter dieser Adresse: ${url}`,
});

export const alreadyRunning = (folder: string, pid: number, url: string | null): Said => ({
  en:
    `A desk with this data folder is already running (process ${pid}): ${folder}` +
    (url ? `\nIt is at ${url}` : ''),
  de:
    `Mit diesem Datenordner läuft schon ein Arbeitsplatz (Prozess ${pid}): ${folder}` +
    (url ? `\nEr ist unter dieser Adresse: ${url}` : ''),
});

export const portTaken = (port: number): Said => ({
  en: `Port ${port} is taken by another program. Choose another one, or --port 0 for any.`,
  de: `Port ${port} ist von einem anderen Programm belegt. Wählen Sie einen anderen oder mit --port 0 irgendeinen.`,
});

export const folderUnusable = (folder: string, why: string): Said => ({
  en: `The data folder cannot be used: ${folder} (${why})`,
  de: `Der Datenordner ist nicht benutzbar: ${folder} (${why})`,
});

export function tokenFileUnusable(file: string, error: unknown): Said {
  const why = fileTroubleInWords(error);
  return {
    en: `The token cannot be written to ${file}: ${why.en} Nothing was started.`,
    de: `Das Token lässt sich nicht in die Datei ${file} schreiben: ${why.de} Es wurde nichts gestartet.`,
  };
}

export const notBuilt: Said = {
  en: 'The desk is not built. Run "npm run build".',
  de: 'Der Arbeitsplatz ist nicht gebaut. Führen Sie „npm run build“ aus.',
};

const FAILURES: Readonly<Record<CoreFailure, Said>> = {
  keyUnavailable: {
    en: 'The key of the database is missing. The data is untouched.',
    de: 'Der Schlüssel der Datenbank fehlt. Die Daten sind unverändert.',
  },
  wrongKey: {
    en: 'The key does not fit the database. The data is untouched.',
    de: 'Der Schlüssel passt nicht zur Datenbank. Die Daten sind unverändert.',
  },
  newerDatabase: {
    en: 'The data was written by a newer version of Anklang. The data is untouched.',
    de: 'Die Daten stammen von einer neueren Version von Anklang. Sie sind unverändert.',
  },
  diskFull: {
    en: 'The disk is full. Make room and start Anklang once more. Nothing has been lost.',
    de: 'Der Datenträger ist voll. Platz schaffen und Anklang noch einmal starten. Es ist nichts verloren gegangen.',
  },
  readOnly: {
    en: 'The data folder cannot be written to. Allow writing there and start Anklang once more. Nothing has been changed.',
    de: 'In den Datenordner kann nicht geschrieben werden. Schreibrechte geben und Anklang noch einmal starten. Es wurde nichts verändert.',
  },
  alreadyRunning: {
    en: 'Another program has this database open.',
    de: 'Ein anderes Programm hat diese Datenbank geöffnet.',
  },
  other: {
    en: 'The core of the desk does not start.',
    de: 'Der Kern des Arbeitsplatzes startet nicht.',
  },
};

/** Why core cannot work; the detail is for whoever looks into it. */
export function coreFailureInWords(reason: CoreFailure, detail: string): Said {
  const said = FAILURES[reason];
  return detail === '' ? said : { en: `${said.en} [${detail}]`, de: said.de };
}
