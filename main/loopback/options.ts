// The options of `npm start --`, read without side effects. An unknown option is refused rather than
// ignored: who mistypes --practice must not find the real account ringing.

export interface StartOptions {
  /** Do not try Electron. */
  loopback: boolean;
  /** 0 = any free one, null = the one that this data folder had last, if it is free. */
  port: number | null;
  /** As typed; null = the default folder. */
  data: string | null;
  practice: boolean;
  language: 'de' | 'en' | null;
  sample: boolean;
  /** Open a window. */
  open: boolean;
  /** First line of stdout: {"url", "pid", "corePid", "api"}. Switches the local API on. */
  json: boolean;
  /** As typed: where a token for everything is written for other programs. Switches the local API on. */
  apiTokenFile: string | null;
  /** As typed: the organisation's policy. */
  policy: string | null;
  help: boolean;
}

export type OptionProblem =
  | { problem: 'unknown'; option: string }
  | { problem: 'valueMissing'; option: string }
  | { problem: 'valueUnexpected'; option: string }
  | { problem: 'portInvalid'; value: string }
  | { problem: 'languageInvalid'; value: string };

/** Reads the arguments after `--`; the first thing that cannot be meant is the problem. */
export function startOptionsFrom(
  args: readonly string[],
): { options: StartOptions } | { refused: OptionProblem } {
  const options: StartOptions = {
    loopback: false,
    port: null,
    data: null,
    practice: false,
    language: null,
    sample: false,
    open: true,
    json: false,
    apiTokenFile: null,
    policy: null,
    help: false,
  };
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    const [option, attached] = splitOnce(argument);
    const flag = FLAGS.get(option);
    if (flag) {
      if (attached !== undefined) return { refused: { problem: 'valueUnexpected', option } };
      flag(options);
      continue;
    }
    if (!WITH_VALUE.has(option)) {
      return { refused: { problem: 'unknown', option: argument } };
    }
    const value = attached ?? args[++index];
    if (value === undefined || value === '' || (attached === undefined && value.startsWith('--'))) {
      return { refused: { problem: 'valueMissing', option } };
    }
    if (option === '--data') {
      options.data = value;
    } else if (option === '--api-token-file') {
      options.apiTokenFile = value;
    } else if (option === '--policy') {
      options.policy = value;
    } else if (option === '--port') {
      const port = Number(value);
      if (!/^\d{1,5}$/.test(value) || port > 65_535) {
        return { refused: { problem: 'portInvalid', value } };
      }
      options.port = port;
    } else {
      if (value !== 'de' && value !== 'en') {
        return { refused: { problem: 'languageInvalid', value } };
      }
      options.language = value;
    }
  }
  return { options };
}

const WITH_VALUE: ReadonlySet<string> = new Set([
  '--port',
  '--data',
  '--language',
  '--api-token-file',
  '--policy',
]);

const FLAGS: ReadonlyMap<string, (options: StartOptions) => void> = new Map([
  ['--loopback', (options) => (options.loopback = true)],
  ['--practice', (options) => (options.practice = true)],
  ['--sample', (options) => (options.sample = true)],
  ['--no-open', (options) => (options.open = false)],
  ['--json', (options) => (options.json = true)],
  ['--help', (options) => (options.help = true)],
]);

function splitOnce(argument: string): [string, string | undefined] {
  const at = argument.indexOf('=');
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

/** Whether Electron may be tried: a port, a line of JSON, a token's file or no window only make sense without it. */
export function allowsElectron(options: StartOptions): boolean {
  return (
    !options.loopback &&
    !options.json &&
    options.open &&
    options.port === null &&
    options.apiTokenFile === null
  );
}

/** Where relative paths count from: npm runs scripts in the project's folder, not where it was typed. */
export function typedIn(env: Readonly<Record<string, string | undefined>>): string {
  const folder = env['npm_lifecycle_event'] === 'start' ? env['INIT_CWD'] : undefined;
  return folder ?? process.cwd();
}
