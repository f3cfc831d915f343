// Switches that would open a packaged desk to other programs: another program could add them to a
// shortcut and read calls and customers.
const REFUSED = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'no-sandbox',
  'disable-web-security',
  'ignore-certificate-errors',
  'allow-insecure-localhost',
  'unsafely-treat-insecure-origin-as-secure',
  'js-flags',
  'host-rules',
  'host-resolver-rules',
  'inspect',
  'inspect-brk',
] as const;

/** The first refused switch among the arguments, or null. */
export function refusedSwitch(args: readonly string[]): string | null {
  for (const argument of args) {
    const switchName = /^--?([a-z-]+)(=|$)/i.exec(argument)?.[1]?.toLowerCase();
    if (switchName && (REFUSED as readonly string[]).includes(switchName)) return switchName;
  }
  return null;
}
