import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { tellUnsavedFiles } from '../../main/shell/downloads.ts';
import { shellWords } from '../../main/shell/words.ts';
import type { Language } from '../../preload/contract/vocabulary.ts';

function aDesk(language: Language) {
  const session = new EventEmitter();
  const told: { message: string; detail: string }[] = [];
  tellUnsavedFiles(
    session as never,
    {
      window: { isDestroyed: () => false },
      dialog: {
        showMessageBox: (_window: unknown, box: { message: string; detail: string }) => {
          told.push(box);
          return Promise.resolve({ response: 0 });
        },
      },
      words: () => shellWords(language),
    } as never,
  );
  return {
    told,
    /** A file that the page saves, and how it ends. */
    save(state: string) {
      const item = Object.assign(new EventEmitter(), { getFilename: () => 'anklang-book.json' });
      session.emit('will-download', {}, item);
      item.emit('done', {}, state);
    },
  };
}

test('a file that does not reach the disk is told, in the language of the desk', () => {
  const english = aDesk('en');
  english.save('interrupted');
  expect(english.told[0]?.message).toBe('anklang-book.json was not saved.');
  expect(english.told[0]?.detail).toMatch(/disk may be full[^]*data is as it was/u);
  const german = aDesk('de');
  german.save('interrupted');
  expect(german.told[0]?.message).toBe('anklang-book.json wurde nicht gespeichert.');
  expect(german.told[0]?.detail).toMatch(/voll[^]*Ihre Daten sind unverändert/u);
});

test('nothing is told of a file that was saved, or that nobody wanted after all', () => {
  const desk = aDesk('en');
  desk.save('completed');
  desk.save('cancelled');
  expect(desk.told).toEqual([]);
});
