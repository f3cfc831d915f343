// Whether the organisation's policy can be in force. Whoever lays one down means it to be: without it no
// host starts a desk.
import { readFileSync } from 'node:fs';

/** A sentence in both languages, where the desk's language is not known yet. */
export interface Said {
  en: string;
  de: string;
}

/** Why the file is no policy, or null; single values that do not fit are named in the desk's settings. */
export function policyTrouble(file: string): Said | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return policyUnusable(file, error);
  }
  try {
    const content: unknown = JSON.parse(text);
    const fits = typeof content === 'object' && content !== null && !Array.isArray(content);
    return fits ? null : policyUnusable(file, null);
  } catch {
    return policyUnusable(file, null);
  }
}

/** @param error why it could not be read, or null when it is no JSON object */
function policyUnusable(file: string, error: unknown): Said {
  const why =
    error === null
      ? {
          en: 'it is no JSON object. resources/policy holds an example and the schema.',
          de: 'sie ist kein JSON-Objekt. Ein Beispiel und das Schema liegen in resources/policy.',
        }
      : fileTroubleInWords(error);
  return {
    en: `The policy ${file} cannot be used: ${why.en} Nothing was started.`,
    de: `Die Richtlinie ${file} ist nicht benutzbar: ${why.de} Es wurde nichts gestartet.`,
  };
}

/** What the system says of a file, in words; what is rare in its own. */
export function fileTroubleInWords(error: unknown): Said {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'EISDIR':
      return { en: 'this is a folder.', de: 'das ist ein Ordner.' };
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        en: 'there is no such file or folder.',
        de: 'diese Datei oder diesen Ordner gibt es nicht.',
      };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { en: 'the rights do not allow it.', de: 'die Rechte erlauben es nicht.' };
    case 'ENOSPC':
      return { en: 'the disk is full.', de: 'der Datenträger ist voll.' };
    default: {
      const text = error instanceof Error ? error.message : String(error);
      return { en: `${text}.`, de: `${text}.` };
    }
  }
}
