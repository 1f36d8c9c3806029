import { defineConfig } from 'vitest/config';
import { CountsReporter } from './test/counts-reporter.ts';

export default defineConfig({
  test: {
    include: ['libs/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: 'test/support/property-seed.ts',
    globalSetup: 'apps/dashboard/test/e2e/global-setup.ts',
    // Training and child processes on a busy machine take their time.
    testTimeout: 300_000,
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 300_000,
    maxWorkers: 2,
    reporters: ['default', new CountsReporter()],
  },
});
