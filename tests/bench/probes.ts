// Stopwatches inside the page, on the page's own clock: nothing of them is in the product.
import type { Page } from '@playwright/test';

export interface Marks {
  /** When the mouse button was released last. */
  clicked: number;
  /** When the last INVITE arrived from the WebSocket. */
  inviteReceived: number;
  /** When the last WebSocket for SIP was asked for, and when it was open. */
  connecting: number;
  connected: number;
  /** When the last 200 to a REGISTER arrived, and the last 200 to an INVITE. */
  registered: number;
  inviteAccepted: number;
}

declare global {
  interface Window {
    marks: Marks;
    /**
     * Resolves with the time at which the next INVITE was handed to the WebSocket (not its repetition
     * with credentials); asking from outside meanwhile would disturb.
     */
    nextInvite(): Promise<number>;
    /** Resolves with the time at which the next connection carries media. */
    nextMedia(): Promise<number>;
    /** The connection that carried media last. */
    mediaConnection: RTCPeerConnection | undefined;
    /**
     * Resolves with the time at which the first frame that holds every text was painted; `region`
     * limits it to a landmark.
     */
    paintOf(texts: string[], region: string | null): Promise<number>;
    opened: Promise<number> | undefined;
  }
}

/** To be called before the page is opened. */
export async function installProbes(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const marks: Marks = {
      clicked: 0,
      inviteReceived: 0,
      connecting: 0,
      connected: 0,
      registered: 0,
      inviteAccepted: 0,
    };
    let sent = (_at: number) => {};
    window.nextInvite = () => new Promise((resolve) => (sent = resolve));
    window.marks = marks;
    addEventListener('pointerup', (event) => (marks.clicked = event.timeStamp), true);
    const beginsInvite = (data: unknown) => typeof data === 'string' && data.startsWith('INVITE ');
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function probe(data) {
      const at = performance.now();
      send.call(this, data);
      if (beginsInvite(data)) sent(at);
    };
    const Original = WebSocket;
    window.WebSocket = class extends Original {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        if (protocols !== 'sip') return;
        marks.connecting = performance.now();
        this.addEventListener('open', () => (marks.connected = performance.now()));
        // First of all listeners, so that it does not wait for the telephone's own work.
        this.addEventListener('message', ({ data }) => {
          if (typeof data !== 'string') return;
          if (data.startsWith('INVITE ')) marks.inviteReceived = performance.now();
          if (!data.startsWith('SIP/2.0 200 ')) return;
          const method = /^CSeq: *\d+ +(\w+)/im.exec(data)?.[1];
          if (method === 'REGISTER') marks.registered = performance.now();
          if (method === 'INVITE') marks.inviteAccepted = performance.now();
        });
      }
    };
    let carries = (_at: number) => {};
    window.nextMedia = () => new Promise((resolve) => (carries = resolve));
    const OriginalConnection = RTCPeerConnection;
    window.RTCPeerConnection = class extends OriginalConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener('connectionstatechange', () => {
          if (this.connectionState !== 'connected') return;
          window.mediaConnection = this;
          carries(performance.now());
        });
      }
    };
    interface Awaited {
      texts: string[];
      region: string | null;
      painted: (at: number) => void;
    }
    let awaited: Awaited | null = null;
    const look = () => {
      if (!awaited) return;
      const { texts, region, painted } = awaited;
      const part = region ? document.querySelector(`[aria-label="${region}"]`) : document.body;
      const text = part?.textContent ?? '';
      if (!texts.every((awaitedText) => text.includes(awaitedText))) return;
      awaited = null;
      // The next frame shows it; a task after its animation callbacks runs when it is painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => painted(performance.now()));
        port1.start();
        port2.postMessage(null);
      });
    };
    window.paintOf = (texts, region) =>
      new Promise((painted) => {
        awaited = { texts, region, painted };
        look();
      });
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
