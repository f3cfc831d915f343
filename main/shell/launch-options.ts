// What the command line may say to a desk in Electron; the same words as for the loopback host.
import { join, resolve } from 'node:path';
import type { Language } from '../../preload/contract/vocabulary.ts';

interface LaunchOptions {
  dataFolder: string;
  language: Language | null;
  sample: boolean;
  practice: boolean;
  allowPlainTextKeys: boolean;
  policyFile: string | null;
}

/** Unknown words are left to Chromium, which has switches of its own. */
export function launchOptionsFrom(args: readonly string[], userData: string): LaunchOptions {
  const language = valueOf(args, 'language');
  const data = valueOf(args, 'data');
  const policy = valueOf(args, 'policy');
  return {
    dataFolder: data === null ? join(userData, 'data') : resolve(data),
    language: language === 'de' || language === 'en' ? language : null,
    sample: args.includes('--sample'),
    practice: args.includes('--practice'),
    allowPlainTextKeys: args.includes('--allow-plain-text-keys'),
    policyFile: policy === null ? null : resolve(policy),
  };
}

/** `--name value` or `--name=value`. */
function valueOf(args: readonly string[], option: string): string | null {
  const joined = args.find((argument) => argument.startsWith(`--${option}=`));
  if (joined !== undefined) return joined.slice(option.length + 3);
  const at = args.indexOf(`--${option}`);
  const next = at >= 0 ? args[at + 1] : undefined;
  return next === undefined || next.startsWith('--') ? null : next;
}
