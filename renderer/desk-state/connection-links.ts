// `anklang:` links from a browser or a mail, as the shell hands them on.
import { useEffect, useEffectEvent } from 'react';

/** Hears of a link that was opened before the page was there, and of those opened since. */
export function useConnectionLinks(open: (link: string) => void): void {
  const take = useEffectEvent(open);
  useEffect(() => {
    const bridge = window.anklang;
    if (!bridge) return undefined;
    let current = true;
    bridge.takeConnectionLink().then(
      (link) => {
        if (current && link !== null) take(link);
      },
      () => undefined,
    );
    const stop = bridge.onConnectionLink((link) => take(link));
    return () => {
      current = false;
      stop();
    };
  }, []);
}
