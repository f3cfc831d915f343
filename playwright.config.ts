import { defineConfig } from '@playwright/test';
import { browserProgram } from './tests/support/browser-program.ts';

const inContinuousIntegration = Boolean(process.env['CI']);

export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './tests/support/build-first.ts',
  // The machine's sound, cores and the tests' timing are shared: one test at a time.
  workers: 1,
  fullyParallel: false,
  forbidOnly: inContinuousIntegration,
  // Sound and time on a shared machine: what fails three times has failed, what needed a second try
  // is named in the count.
  retries: inContinuousIntegration ? 2 : 1,
  timeout: 60_000,
  expect: { timeout: 8_000 },
  reporter: 'list',
  use: {
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
    permissions: ['microphone'],
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: browserProgram,
      args: [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        '--allow-loopback-in-peer-connection',
        '--autoplay-policy=no-user-gesture-required',
        '--disable-component-update',
      ],
    },
  },
  projects: ['phone-browser', 'journeys', 'rig', 'electron'].map((name) => ({
    name,
    testDir: `tests/${name}`,
    // Real programs on a busy machine; what comes sooner is not waited for.
    ...(name === 'rig' ? { expect: { timeout: 15_000 } } : {}),
  })),
});
