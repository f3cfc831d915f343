import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [lingui({ macroTransform: true }), react()],
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/journeys/**', 'tests/bench/**', 'tests/rig/**/*.spec.ts', 'node_modules/**'],
    environment: 'node',
    pool: 'forks',
    // Left to itself it keeps one core free, of two.
    maxWorkers: '100%',
    setupFiles: ['tests/support/property-seed.ts'],
    testTimeout: 15_000,
    hookTimeout: 30_000,
    // Threads and files take their time on a busy machine; what never comes still fails.
    expect: { poll: { timeout: 10_000 } },
    // Property tests report their seed; a wrong order of tests must show itself too.
    sequence: { shuffle: { tests: true, files: false } },
  },
});
