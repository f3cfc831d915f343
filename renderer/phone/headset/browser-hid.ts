import type { HidLike } from './hid.ts';

/** The browser's WebHID, or undefined where it has none or the page may not use it. */
export function browserHid(navigator: Navigator): HidLike | undefined {
  return (navigator as Navigator & { hid?: HidLike }).hid;
}
