import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sensitiveWordsIn } from '../../../renderer/language/sensitive-words.ts';

test.each([
  ['Ist seit Montag krank, meldet sich danach.', ['krank']],
  ['Sie ist schwanger und kauft erst im Mai.', ['schwanger']],
  ['Hat Diabetes, will keine Süßwaren.', ['Diabetes']],
  ['War zur OP in der Klinik', ['OP']],
  ['Kunde ist katholisch, ruft sonntags nicht an', ['katholisch']],
  ['Fasts during Ramadan, call after sunset', ['Ramadan']],
  ['She had surgery last week and is Jewish', ['surgery', 'Jewish']],
  ['Sitzt im Rollstuhl, braucht eine Rampe', ['Rollstuhl']],
  ['KREBSERKRANKUNG der Mutter', ['KREBSERKRANKUNG']],
])('%s', (text, words) => {
  expect(sensitiveWordsIn(text).map(({ word }) => word)).toEqual(words);
});

test.each([
  'Will ein Angebot für die Krankenversicherung.',
  'Die Krankenkasse zahlt den Zuschuss.',
  'Der Gläubiger meldet sich.',
  'Arbeitet in der hospitality',
  'Disable the old account and illustrate the offer',
  'Neues Tablet bestellt, Diagnosegerät gewünscht',
  'Frau Krebs ruft zurück, Herr Krank auch',
  'Stopp! Operation gelungen: Vertrag unterschrieben.',
  'Optimale Farbe: krebsrot',
  'Lieferung nach Islamabad',
  'Rückruf am Dienstag, 14 Uhr, wegen der Rechnung.',
  'Nimmt den Kombi in Blau, wenn die Wärmepumpe im Mai kommt.',
  'Christian Meier, Hindukuschstraße 4',
  '',
])('nothing in: %s', (text) => {
  expect(sensitiveWordsIn(text)).toEqual([]);
});

test('whatever is typed, each word is said once, and it stands in the text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('krank', 'Muslim', 'cancer', ' ', 'der'))),
      (parts) => {
        const text = parts.join(' ');
        const words = sensitiveWordsIn(text).map(({ word }) => word);
        expect(words.every((word) => text.includes(word))).toBe(true);
        expect(new Set(words.map((word) => word.toLowerCase())).size).toBe(words.length);
        expect(words.length).toBeLessThanOrEqual(5);
      },
    ),
  );
});
