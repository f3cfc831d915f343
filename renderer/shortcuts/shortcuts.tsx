// One listener for the whole window; who is on the screen says what a shortcut does just now.
import { useLingui } from '@lingui/react';
import { useEffect, useEffectEvent } from 'react';
import { keysInWords, shortcutsFor, type ShortcutId } from './shortcut-table.ts';
import { takesText } from './text-entry.ts';

type Handler = () => void;

const handlers = new Map<ShortcutId, Handler[]>();

function actOn(event: KeyboardEvent): void {
  const ids = shortcutsFor(event, takesText(event.target));
  if (ids.length === 0 || event.defaultPrevented) return;
  // A dialog has the keyboard to itself, but a call can be answered from within.
  const inDialog =
    event.target instanceof Element &&
    event.target.closest('[role=dialog],[role=alertdialog]') !== null;
  for (const id of ids) {
    if (inDialog && id !== 'answerAnywhere') continue;
    if (id === 'answer' && isOwnEnter(event.target)) continue;
    const handler = handlers.get(id)?.at(-1);
    if (handler === undefined) continue;
    event.preventDefault();
    event.stopPropagation();
    handler();
    return;
  }
}

/** Enter belongs to the buttons beside Answer, for example Decline. */
function isOwnEnter(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-own-enter] button') !== null;
}

let listening = 0;

function listen(): () => void {
  listening += 1;
  if (listening === 1) window.addEventListener('keydown', actOn, { capture: true });
  return () => {
    listening -= 1;
    if (listening === 0) window.removeEventListener('keydown', actOn, { capture: true });
  };
}

/** While mounted and `act` is not null, the shortcut does `act`; the newest user of one wins. */
export function useShortcut(id: ShortcutId, act: Handler | null): void {
  const run = useEffectEvent(() => act?.());
  const active = act !== null;
  useEffect(() => {
    if (!active) return;
    const handler: Handler = () => run();
    handlers.set(id, [...(handlers.get(id) ?? []), handler]);
    const stop = listen();
    return () => {
      stop();
      handlers.set(
        id,
        (handlers.get(id) ?? []).filter((known) => known !== handler),
      );
    };
  }, [id, active]);
}

const ON_MAC = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac');

/** How keys are printed in the language that is spoken. */
export function useKeys(): (id: ShortcutId) => string {
  const { i18n } = useLingui();
  return (id) => keysInWords(id, i18n.locale, ON_MAC);
}
