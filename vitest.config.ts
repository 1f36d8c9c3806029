import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { startsBundles } from './test/support/bundles.ts';
import { CountsReporter } from './test/counts-reporter.ts';

/** Where this run bundles the programs that it starts; its processes and theirs know it from here. */
const bundles = join(tmpdir(), `thaw-bundles-${process.pid}`);
process.env['THAW_BUNDLES'] = bundles;

export default defineConfig({
  plugins: [startsBundles(bundles)],
  test: {
    include: ['libs/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: 'test/support/property-seed.ts',
    globalSetup: ['test/support/bundle-setup.ts', 'apps/dashboard/test/e2e/global-setup.ts'],
    // Training and child processes on a busy machine take their time.
    testTimeout: 300_000,
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 300_000,
    maxWorkers: 2,
    reporters: ['default', new CountsReporter()],
  },
});
