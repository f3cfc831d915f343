// What a side must hear: its own tone far above everything else, and nothing of the other.
import { expect } from '@playwright/test';
import { type Recording, toneLevel, toneProminence } from './goertzel.ts';
import { endOf, secondsOf } from './wav.ts';

type Listen = () => Recording | Promise<Recording>;

async function lastSecond(listen: Listen): Promise<Recording> {
  return endOf(await listen(), 1);
}

/** Within ten seconds a whole second is heard in which `tone` stands 20 dB above all else and `foreign` does not. */
export async function expectTone(listen: Listen, tone: number, foreign: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const heard = await lastSecond(listen);
        return secondsOf(heard) > 0.99 ? toneProminence(heard, tone) : 0;
      },
      { message: `${tone} Hz is heard`, timeout: 10_000 },
    )
    .toBeGreaterThan(20);
  expect(toneProminence(await lastSecond(listen), foreign), `${foreign} Hz is absent`).toBeLessThan(
    -10,
  );
}

/** Within ten seconds `tone` is gone (below −60 dB of full scale over one second). */
export async function expectToneGone(listen: Listen, tone: number): Promise<void> {
  await expect
    .poll(async () => toneLevel(await lastSecond(listen), tone), {
      message: `${tone} Hz is gone`,
      timeout: 10_000,
    })
    .toBeLessThan(-60);
}
