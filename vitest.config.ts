import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { startsBundles } from './test/support/bundles.ts';
import { CountsReporter } from './test/counts-reporter.ts';

/** Where this run bundles the programs that it starts; its processes and theirs know it from here. */
const bundles = join(tmpdir(), `thaw-bundles-${process.pid}`);
process.env['THAW_BUNDLES'] = bundles;

const all = ['libs/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'test/**/*.test.ts'];
/** What has an engine or a browser, puts something else in a module's place, or has helpers that clear up after one file. */
const apart = [
  'libs/{compute,data,model,sweep,training}/test/**/*.test.ts',
  'apps/dashboard/test/e2e/*.test.ts',
  'test/**/*.test.ts',
];

const project = { extends: true as const, plugins: [startsBundles(bundles)] };

export default defineConfig({
  test: {
    setupFiles: 'test/support/property-seed.ts',
    globalSetup: 'test/support/bundle-setup.ts',
    // Training and child processes on a busy machine take their time.
    testTimeout: 300_000,
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 300_000,
    // Two cores are busy with three: tests wait for programs, browsers and files. Four take longer.
    maxWorkers: 3,
    reporters: ['default', new CountsReporter()],
    projects: [
      {
        ...project,
        test: {
          name: 'together',
          include: all,
          exclude: ['**/node_modules/**', ...apart],
          // Reading the libs takes longer than most of these tests do.
          isolate: false,
        },
      },
      {
        ...project,
        test: {
          name: 'apart',
          include: apart,
          globalSetup: 'apps/dashboard/test/e2e/global-setup.ts',
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
