// tel:, sip: and callto: links from other programs: they fill the field and never dial.
import { useEffect, useEffectEvent } from 'react';

/** Hears of links that were opened before the page was there, and of those opened since. */
export function useDialLinks(prefill: (target: string) => void): void {
  const take = useEffectEvent(prefill);
  useEffect(() => {
    const bridge = window.anklang;
    if (!bridge) return undefined;
    let current = true;
    bridge.takeDialTarget().then(
      (target) => {
        if (current && target !== null) take(target);
      },
      () => undefined,
    );
    const stop = bridge.onDialTarget((target) => take(target));
    return () => {
      current = false;
      stop();
    };
  }, []);
}
