// Stopwatches inside the page, on the page's own clock: nothing of them is in the product.
import type { Page } from '@playwright/test';

export interface Marks {
  /** When the mouse button was released last. */
  clicked: number;
  /** When the last INVITE was handed to the WebSocket. */
  inviteSent: number;
  /** When the last INVITE arrived from the WebSocket. */
  inviteReceived: number;
  /** When the frame with the awaited text was painted. */
  painted: number;
}

declare global {
  interface Window {
    marks: Marks;
    /** Marks the first frame in which the body holds every text; `region` limits it to a landmark. */
    awaitPaint(texts: string[], region: string | null): void;
  }
}

/** To be called before the page is opened. */
export async function installProbes(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const marks: Marks = { clicked: 0, inviteSent: 0, inviteReceived: 0, painted: 0 };
    window.marks = marks;
    addEventListener('pointerup', (event) => (marks.clicked = event.timeStamp), true);
    const beginsInvite = (data: unknown) => typeof data === 'string' && data.startsWith('INVITE ');
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function probe(data) {
      if (beginsInvite(data)) marks.inviteSent = performance.now();
      send.call(this, data);
    };
    const Original = WebSocket;
    window.WebSocket = class extends Original {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        // First of all listeners, so that it does not wait for the telephone's own work.
        this.addEventListener('message', (event) => {
          if (beginsInvite(event.data)) marks.inviteReceived = performance.now();
        });
      }
    };
    let awaited: { texts: string[]; region: string | null } | null = null;
    const look = () => {
      if (!awaited) return;
      const body = awaited.region
        ? document.querySelector(`[aria-label="${awaited.region}"]`)
        : document.body;
      const text = body?.textContent ?? '';
      if (!awaited.texts.every((part) => text.includes(part))) return;
      awaited = null;
      // The next frame shows it; a task after its animation callbacks runs when it is painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => (marks.painted = performance.now()));
        port1.start();
        port2.postMessage(null);
      });
    };
    window.awaitPaint = (texts, region) => {
      marks.painted = 0;
      awaited = { texts, region };
      look();
    };
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
}

export function marksOf(page: Page): Promise<Marks> {
  return page.evaluate(() => ({ ...window.marks }));
}
