// Links that the system gives to this program: with its own arguments, with those of a second start
// that ends at once, and on macOS as an event of its own, which may come before the desk is there.
import type { App } from 'electron';
import { connectionLinkFrom } from './connection-links.ts';
import { dialTargetFrom } from './dial-links.ts';

export interface OpenedLink {
  /** What to put into the field. */
  dial: string | null;
  /** A connection to show and to ask about. */
  connect: string | null;
}

export interface OpenedLinks {
  /** From now on, and whatever came before; `show` brings the desk to the front. */
  deliver(desk: { open: (link: OpenedLink) => void; show: () => void }): void;
}

const NOTHING: OpenedLink = { dial: null, connect: null };

export function openedLinkFrom(text: string): OpenedLink {
  const connect = connectionLinkFrom(text);
  return { connect, dial: connect === null ? dialTargetFrom(text) : null };
}

/** The first link among a program's arguments; switches and paths are passed over. */
export function openedLinkIn(args: readonly string[]): OpenedLink {
  for (const argument of args) {
    if (argument.startsWith('-')) continue;
    const link = openedLinkFrom(argument);
    if (link.dial !== null || link.connect !== null) return link;
  }
  return NOTHING;
}

/** Listens at once: on macOS the link that starts the program comes before it is ready. */
export function hearOpenedLinks(app: Pick<App, 'on'>, args: readonly string[]): OpenedLinks {
  let desk: Parameters<OpenedLinks['deliver']>[0] | null = null;
  let waiting = openedLinkIn(args);

  function take(link: OpenedLink): void {
    if (desk) {
      desk.open(link);
      desk.show();
    } else if (link !== NOTHING) waiting = link;
  }

  app.on('second-instance', (_event, all) => take(openedLinkIn(all.slice(1))));
  app.on('open-url', (event, address) => {
    event.preventDefault();
    take(openedLinkFrom(address));
  });

  return {
    deliver(to) {
      desk = to;
      to.open(waiting);
      waiting = NOTHING;
    },
  };
}
