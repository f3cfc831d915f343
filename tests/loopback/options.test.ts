import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appWindowProgram } from '../../main/loopback/app-window.ts';
import { defaultDataFolder } from '../../main/loopback/data-folder.ts';
import { allowsElectron, startOptionsFrom, typedIn } from '../../main/loopback/options.ts';
import { bothLanguages, optionProblemInWords } from '../../main/loopback/words.ts';

function options(...args: string[]) {
  const read = startOptionsFrom(args);
  if ('refused' in read) throw new Error(read.refused.problem);
  return read.options;
}

function refusal(...args: string[]) {
  const read = startOptionsFrom(args);
  return 'refused' in read ? read.refused : null;
}

describe('the options of the start', () => {
  test('are all off when none is given', () => {
    expect(options()).toEqual({
      apiTokenFile: null,
      policy: null,
      loopback: false,
      port: null,
      data: null,
      practice: false,
      language: null,
      sample: false,
      open: true,
      json: false,
      help: false,
    });
  });

  test('are read in any order, with the value attached or behind', () => {
    const expected = {
      loopback: true,
      port: 0,
      data: '/tmp/a b',
      practice: true,
      language: 'de',
      sample: true,
      open: false,
      json: true,
    };
    const words = '--loopback --practice --sample --no-open --json'.split(' ');
    expect(
      options(...words, '--port', '0', '--data', '/tmp/a b', '--language', 'de'),
    ).toMatchObject(expected);
    expect(
      options('--language=de', '--data=/tmp/a b', '--port=0', ...words.reverse()),
    ).toMatchObject(expected);
  });

  test.each([
    ['--practise', { problem: 'unknown', option: '--practise' }],
    ['extra', { problem: 'unknown', option: 'extra' }],
    ['', { problem: 'unknown', option: '' }],
    ['--port', { problem: 'valueMissing', option: '--port' }],
    ['--port=', { problem: 'valueMissing', option: '--port' }],
    ['--port=65536', { problem: 'portInvalid', value: '65536' }],
    ['--port=-1', { problem: 'portInvalid', value: '-1' }],
    ['--port=80x', { problem: 'portInvalid', value: '80x' }],
    ['--language=fr', { problem: 'languageInvalid', value: 'fr' }],
    ['--sample=yes', { problem: 'valueUnexpected', option: '--sample' }],
    ['--constructor', { problem: 'unknown', option: '--constructor' }],
    ['constructor', { problem: 'unknown', option: 'constructor' }],
  ])('refuse %s', (argument, problem) => {
    expect(refusal(argument)).toEqual(problem);
  });

  test('do not take the next option for a value', () => {
    expect(refusal('--data', '--json')).toEqual({ problem: 'valueMissing', option: '--data' });
  });

  test('say what is wrong in both languages, naming it', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 4 }), (args) => {
        const problem = refusal(...args);
        if (problem === null) return;
        const { en, de } = optionProblemInWords(problem);
        const named = 'value' in problem ? problem.value : problem.option;
        expect(en).toContain(named);
        expect(de).toContain(named);
        expect(en).not.toBe(de);
        expect(bothLanguages({ en, de })).toBe(`${en}\n${de}\n`);
      }),
    );
  });

  test('leave Electron aside where an address or no window is asked for', () => {
    expect(allowsElectron(options())).toBe(true);
    expect(allowsElectron(options('--sample', '--data', 'x', '--language', 'en'))).toBe(true);
    for (const args of [['--loopback'], ['--json'], ['--no-open'], ['--port', '0']]) {
      expect(allowsElectron(options(...args))).toBe(false);
    }
  });

  test('count relative paths from where npm was called', () => {
    const there = { npm_lifecycle_event: 'start', INIT_CWD: '/somewhere' };
    expect(typedIn(there)).toBe('/somewhere');
    expect(typedIn({ ...there, npm_lifecycle_event: 'test' })).toBe(process.cwd());
    expect(typedIn({})).toBe(process.cwd());
  });
});

describe('the default data folder', () => {
  test('follows each system and is never that of the Electron desk', () => {
    const of = (platform: NodeJS.Platform, env: Record<string, string> = {}) =>
      defaultDataFolder({ platform, env, home: '/home/a' });
    expect(of('linux')).toBe('/home/a/.local/share/anklang-loopback');
    expect(of('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/anklang-loopback');
    expect(of('linux', { XDG_DATA_HOME: 'data' })).toBe('/home/a/.local/share/anklang-loopback');
    expect(of('darwin')).toBe('/home/a/Library/Application Support/anklang-loopback');
    expect(of('win32', { LOCALAPPDATA: '/local' })).toBe('/local/anklang-loopback');
  });
});

describe('the browser for the window', () => {
  const linux = {
    platform: 'linux' as const,
    env: { PATH: '/a:/b', DISPLAY: ':0' },
    isRoot: false,
  };

  test('is the first of its family on the path', () => {
    const there = new Set(['/b/chromium', '/a/google-chrome']);
    expect(appWindowProgram(linux, (path) => there.has(path))).toBe('/b/chromium');
    there.delete('/b/chromium');
    expect(appWindowProgram(linux, (path) => there.has(path))).toBe('/a/google-chrome');
    expect(appWindowProgram(linux, () => false)).toBeNull();
  });

  test('is not looked for as root or without a display', () => {
    expect(appWindowProgram({ ...linux, isRoot: true }, () => true)).toBeNull();
    expect(appWindowProgram({ ...linux, env: { PATH: '/a' } }, () => true)).toBeNull();
    const wayland = { PATH: '/a', WAYLAND_DISPLAY: 'wayland-0' };
    expect(appWindowProgram({ ...linux, env: wayland }, () => true)).toBe('/a/chromium');
  });

  test('is found on macOS and Windows', () => {
    const mac = { platform: 'darwin' as const, env: {}, isRoot: false };
    expect(appWindowProgram(mac, (path) => path.includes('Edge'))).toContain('Microsoft Edge');
    const env = { PROGRAMFILES: 'C:\\Program Files' };
    const windows = { platform: 'win32' as const, env, isRoot: false };
    expect(appWindowProgram(windows, (path) => path.endsWith('msedge.exe'))).toContain('msedge');
  });
});
