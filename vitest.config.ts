import { defineConfig } from 'vitest/config';
import { CountsReporter } from './test/counts-reporter.ts';

export default defineConfig({
  test: {
    include: ['libs/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    // Training and child processes on a busy machine take their time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ['default', new CountsReporter()],
  },
});
