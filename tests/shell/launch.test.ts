import { describe, expect, it } from 'vitest';
import { launchOptionsFrom } from '../../main/shell/launch-options.ts';
import { refusedSwitch } from '../../main/shell/launch-switches.ts';
import { languageFromLocale, shellWords } from '../../main/shell/words.ts';

describe('switches of a packaged desk', () => {
  it.each([
    '--remote-debugging-port=9222',
    '--no-sandbox',
    '--ignore-certificate-errors',
    '--inspect',
    '--Remote-Debugging-Port=1',
  ])('refuses %s', (argument) => {
    expect(refusedSwitch(['tel:110', argument])).not.toBeNull();
  });

  it('lets ordinary arguments pass', () => {
    expect(refusedSwitch(['--language', 'de', '--data=/x', 'tel:--no-sandbox'])).toBeNull();
  });
});

describe('launch options', () => {
  it('reads both forms', () => {
    const options = launchOptionsFrom(
      ['anklang', '--data=/somewhere', '--language', 'en', '--sample'],
      '/user',
    );
    expect(options).toMatchObject({
      dataFolder: '/somewhere',
      language: 'en',
      sample: true,
      practice: false,
    });
  });

  it('keeps the data below the user folder by default and ignores an unknown language', () => {
    const options = launchOptionsFrom(['anklang', '--language', 'fr'], '/user');
    expect(options).toMatchObject({ dataFolder: '/user/data', language: null });
  });
});

describe('words of the shell', () => {
  it('are German for German systems and English for others', () => {
    expect(languageFromLocale('de-AT')).toBe('de');
    expect(languageFromLocale('den')).toBe('en');
    expect(languageFromLocale('fr')).toBe('en');
  });

  it('say every failure in both languages', () => {
    const german = shellWords('de').failed;
    const english = shellWords('en').failed;
    expect(Object.keys(german)).toEqual(Object.keys(english));
    for (const [reason, sentence] of Object.entries(german)) {
      expect(sentence.length).toBeGreaterThan(20);
      expect(sentence).not.toBe(english[reason as keyof typeof english]);
    }
  });
});
