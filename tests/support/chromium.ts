// Chromium as an agent's browser: a microphone that speaks a given tone, and an ear at every remote
// audio track. The ear sits in the browser, never in the product.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type LaunchOptions, type Page } from '@playwright/test';
import { browserProgram } from './browser-program.ts';
import type { Recording } from './goertzel.ts';
import { sine, wavFile } from './wav.ts';

const FLAGS = [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
];

export interface AgentBrowser {
  browser: Browser;
  close(): Promise<void>;
}

/**
 * Starts Chromium with a microphone that speaks `voice`, over and over: a recording, or so many Hz in
 * short bursts (a steady tone would be taken for noise).
 */
export async function startAgentBrowser(
  voice: number | Recording,
  launch: Pick<LaunchOptions, 'handleSIGINT' | 'handleSIGTERM'> = {},
): Promise<AgentBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'anklang-voice-'));
  const voiceFile = join(folder, 'voice.wav');
  writeFileSync(voiceFile, wavFile(typeof voice === 'number' ? sine(voice, 10) : voice));
  const browser = await chromium.launch({
    ...launch,
    executablePath: browserProgram,
    args: [...FLAGS, `--use-file-for-fake-audio-capture=${voiceFile}`],
  });
  return {
    browser,
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Ear {
  connection: RTCPeerConnection;
  analyser: AnalyserNode;
  heardSince: number;
}

declare global {
  interface Window {
    ears?: Ear[];
  }
}

const EAR_RATE = 16_000;

/** To be called before the page is opened. */
export async function giveEars(page: Page): Promise<void> {
  await page.addInitScript((sampleRate) => {
    const ears: Ear[] = [];
    window.ears = ears;
    let context: AudioContext | null = null;
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener('track', (event) => {
          if (event.track.kind !== 'audio') return;
          context ??= new AudioContext({ sampleRate });
          void context.resume();
          const stream = new MediaStream([event.track]);
          // Chromium pulls remote audio only where an element plays it.
          const puller = new Audio();
          puller.muted = true;
          puller.srcObject = stream;
          void puller.play().catch(() => {});
          const analyser = new AnalyserNode(context, { fftSize: 16_384 });
          context.createMediaStreamSource(stream).connect(analyser);
          ears.push({ connection: this, analyser, heardSince: performance.now() });
        });
      }
    };
  }, EAR_RATE);
}

/** The last second that each living call in the page received, oldest call first. */
export async function heardInCalls(page: Page): Promise<Recording[]> {
  const heard = await page.evaluate(() =>
    (window.ears ?? [])
      .filter(({ connection }) => connection.connectionState !== 'closed')
      .map(({ analyser }) => {
        const window16k = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(window16k);
        return Array.from(window16k);
      }),
  );
  return heard.map((samples) => ({ sampleRate: EAR_RATE, samples }));
}

/** The last second that the newest call in the page received; silence when there is none. */
export async function heardInPage(page: Page): Promise<Recording> {
  return (await heardInCalls(page)).at(-1) ?? { sampleRate: EAR_RATE, samples: [] };
}
