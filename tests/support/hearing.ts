// What a side must hear: its own tones far above everything else, and nothing of the others.
import { expect } from '@playwright/test';
import { type Recording, strongestBeside, toneLevel } from './goertzel.ts';
import { endOf, secondsOf } from './wav.ts';

type Listen = () => Recording | Promise<Recording>;

/** How far a right tone stands above all else, and a wrong one below the right ones, dB. */
const ABOVE = 20;
/** Below this a tone is not a voice, dB of full scale. */
const AUDIBLE = -50;
const PATIENCE = 25_000;
const AS_IT_SHOULD_BE = 'as it should be';

async function lastSecond(listen: Listen): Promise<Recording> {
  return endOf(await listen(), 1);
}

/** What is wrong with this second, or that nothing is: each tone must stand above all else, each absent one below. */
function verdict(second: Recording, tones: readonly number[], absent: readonly number[]): string {
  if (secondsOf(second) < 0.99) return `only ${secondsOf(second).toFixed(2)} s were heard`;
  const levels = tones.map((tone) => toneLevel(second, tone));
  const weakest = Math.min(...levels);
  const rest = strongestBeside(second, tones);
  const wrong = Math.max(...absent.map((tone) => toneLevel(second, tone)), -200);
  const heard = weakest > AUDIBLE && weakest - Math.max(rest, wrong) >= ABOVE;
  if (heard) return AS_IT_SHOULD_BE;
  const shown = tones.map((tone, index) => `${tone} Hz ${levels[index]?.toFixed(0)} dB`);
  return `${shown.join(', ')}, the rest ${rest.toFixed(0)} dB, wrong tones ${wrong.toFixed(0)} dB`;
}

/**
 * Within half a minute a whole second is heard in which each of `tones` stands 20 dB above all that is
 * not meant, and each of `absent` 20 dB below them.
 */
export async function expectTones(
  listen: Listen,
  tones: readonly number[],
  absent: readonly number[],
): Promise<void> {
  await expect
    .poll(async () => verdict(await lastSecond(listen), tones, absent), {
      message: `${tones.join(' and ')} Hz heard, ${absent.join(' and ')} Hz not`,
      timeout: PATIENCE,
      intervals: [150],
    })
    .toBe(AS_IT_SHOULD_BE);
}

/** The same of a recording that is over: in one of its seconds, and `absent` as low in all of them. */
export function expectTonesIn(
  recording: Recording,
  tones: readonly number[],
  absent: readonly number[],
): void {
  const { sampleRate } = recording;
  const all = Array.from(recording.samples);
  const seconds = Array.from({ length: Math.max(0, Math.floor((4 * all.length) / sampleRate) - 3) })
    .map((_, quarter) => all.slice((quarter * sampleRate) / 4).slice(0, sampleRate))
    .map((samples) => ({ samples, sampleRate }));
  const verdicts = seconds.map((second) => verdict(second, tones, absent));
  expect(verdicts, `${tones.join(' and ')} Hz in the recording`).toContain(AS_IT_SHOULD_BE);
  const loudest = (tone: number) => Math.max(...seconds.map((second) => toneLevel(second, tone)));
  for (const tone of absent) {
    expect(loudest(tone), `${tone} Hz is nowhere in the recording`).toBeLessThan(
      Math.min(...tones.map(loudest)) - ABOVE,
    );
  }
}

/** `tone` is heard and `foreign` is not, in the same second. */
export async function expectTone(listen: Listen, tone: number, foreign: number): Promise<void> {
  await expectTones(listen, [tone], [foreign]);
}

/** Within half a minute `tone` is gone (below −60 dB of full scale over one second). */
export async function expectToneGone(listen: Listen, tone: number): Promise<void> {
  await expect
    .poll(async () => toneLevel(await lastSecond(listen), tone), {
      message: `${tone} Hz is gone`,
      timeout: PATIENCE,
      intervals: [150],
    })
    .toBeLessThan(-60);
}
