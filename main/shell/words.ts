// The few words that the shell itself says, before or beside the page.
import type { CoreFailure } from '../../preload/contract/host.ts';
import type { Language } from '../../preload/contract/vocabulary.ts';

interface ShellWords {
  show: string;
  quit: string;
  ringing: string;
  leaveTitle: string;
  leaveDetail: string;
  stay: string;
  leave: string;
  failedTitle: string;
  notStartedTitle: string;
  failed: Record<CoreFailure, string>;
  close: string;
  notSavedTitle: (fileName: string) => string;
  notSavedDetail: string;
}

const WORDS: Record<Language, ShellWords> = {
  en: {
    show: 'Show Anklang',
    quit: 'Quit',
    ringing: 'Incoming call',
    leaveTitle: 'You are in a call.',
    leaveDetail: 'If you leave now, the call ends.',
    stay: 'Stay in the call',
    leave: 'End call and leave',
    failedTitle: 'Anklang cannot open its data.',
    notStartedTitle: 'Anklang was not started.',
    failed: {
      keyUnavailable:
        'The key to your data is kept by the system’s key store, which does not answer. Unlock it (log in again, open your keyring) and start Anklang once more. Nothing has been changed.',
      wrongKey:
        'The key in the system’s key store does not belong to this database. Restore the matching key or the data folder from a backup. Nothing has been changed.',
      newerDatabase:
        'The data was written by a newer version of Anklang. Install that version, or a newer one. Nothing has been changed.',
      diskFull: 'The disk is full. Make room and start Anklang once more. Nothing has been lost.',
      readOnly:
        'The data folder cannot be written. Give your user write access to it and start Anklang once more.',
      alreadyRunning: 'Another Anklang is working with this data folder. Close it first.',
      other: 'The reason is in the log files of the data folder.',
    },
    close: 'Close',
    notSavedTitle: (fileName) => `${fileName} was not saved.`,
    notSavedDetail:
      'The disk may be full, or nothing may be written in that folder. Make room or choose another folder, and save once more. Your data is as it was.',
  },
  de: {
    show: 'Anklang zeigen',
    quit: 'Beenden',
    ringing: 'Eingehender Anruf',
    leaveTitle: 'Sie sind in einem Gespräch.',
    leaveDetail: 'Wenn Sie jetzt gehen, endet das Gespräch.',
    stay: 'Im Gespräch bleiben',
    leave: 'Gespräch beenden und gehen',
    failedTitle: 'Anklang kann seine Daten nicht öffnen.',
    notStartedTitle: 'Anklang wurde nicht gestartet.',
    failed: {
      keyUnavailable:
        'Der Schlüssel zu Ihren Daten liegt im Schlüsselspeicher des Systems, und dieser antwortet nicht. Entsperren Sie ihn (neu anmelden, Schlüsselbund öffnen) und starten Sie Anklang noch einmal. Es wurde nichts verändert.',
      wrongKey:
        'Der Schlüssel im Schlüsselspeicher des Systems gehört nicht zu dieser Datenbank. Stellen Sie den passenden Schlüssel oder den Datenordner aus einer Sicherung wieder her. Es wurde nichts verändert.',
      newerDatabase:
        'Die Daten stammen von einer neueren Version von Anklang. Installieren Sie diese oder eine neuere. Es wurde nichts verändert.',
      diskFull:
        'Der Datenträger ist voll. Schaffen Sie Platz und starten Sie Anklang noch einmal. Es ist nichts verloren gegangen.',
      readOnly:
        'In den Datenordner kann nicht geschrieben werden. Geben Sie Ihrem Benutzer Schreibrechte und starten Sie Anklang noch einmal.',
      alreadyRunning:
        'Ein anderes Anklang arbeitet schon mit diesem Datenordner. Schließen Sie es zuerst.',
      other: 'Der Grund steht in den Protokollen des Datenordners.',
    },
    close: 'Schließen',
    notSavedTitle: (fileName) => `${fileName} wurde nicht gespeichert.`,
    notSavedDetail:
      'Der Datenträger ist vielleicht voll, oder in diesen Ordner darf nicht geschrieben werden. Schaffen Sie Platz oder wählen Sie einen anderen Ordner und speichern Sie noch einmal. Ihre Daten sind unverändert.',
  },
};

export function shellWords(language: Language): ShellWords {
  return WORDS[language];
}

/** German for German systems, English for all others. */
export function languageFromLocale(locale: string): Language {
  return /^de\b/i.test(locale) ? 'de' : 'en';
}
