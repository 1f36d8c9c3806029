import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { startsBundles } from './test/support/bundles.ts';
import { LongestFirst } from './test/support/longest-first.ts';
import { CountsReporter } from './test/counts-reporter.ts';

/** Of this run alone; `run-setup.ts` removes it. */
const runFolder = join(tmpdir(), `thaw-tests-${process.pid}`);
/** Where this run bundles the programs that it starts; its processes and theirs know it from here. */
const bundles = join(runFolder, 'bundles');
process.env['THAW_BUNDLES'] = bundles;

const all = ['libs/*/test/**/*.test.ts', 'apps/*/test/**/*.test.{ts,tsx}', 'test/**/*.test.ts'];
const inBrowser = ['apps/dashboard/test/e2e/*.test.ts'];
/** Each in a process of its own. */
const apart = [
  // TensorFlow.js has one backend in a process, and an engine gives no memory back; a child begins with its parent's peak of it.
  'libs/compute/test/{choose-engine,computed-again,onnx-engine,step-memory,tensorflow-*,webgpu}.test.ts',
  'libs/model/test/browser-model.test.ts',
  'libs/training/test/{extract-features,frozen-rows,half-precision-accuracy}.test.ts',
  'test/{golden-features,gradients,promoted-model,resume-trial,tensorflow-*,training-steps,trial}.test.ts',
  // These put something else in a module's place, or in the environment's.
  'libs/analysis/test/draft-folder.test.ts',
  'libs/sweep/test/end-session.test.ts',
  'libs/data/test/{fuzz-images,leakage,read-folder,synthetic-smear}.test.ts',
  'apps/dashboard/test/{hostile-requests,problems}.test.ts',
  'test/{old-store,one-answer,read-only}.test.ts',
];

const project = { extends: true as const, plugins: [startsBundles(bundles)] };

export default defineConfig({
  test: {
    setupFiles: ['test/support/property-seed.ts', 'test/support/compare-arrays.ts'],
    globalSetup: 'test/support/run-setup.ts',
    // What is waited for comes. On a busy machine training and child processes take their time.
    testTimeout: 900_000,
    expect: { poll: { timeout: 120_000 } },
    hookTimeout: 900_000,
    // Two cores are as busy with three as with four.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Each process reads from there what another had translated.
    experimental: { fsModuleCache: true, fsModuleCachePath: join(runFolder, 'modules') },
    reporters: ['default', new CountsReporter()],
    projects: [
      {
        ...project,
        test: {
          name: 'together',
          include: all,
          exclude: ['**/node_modules/**', ...apart, ...inBrowser],
          // Reading the libs takes longer than most of these tests do.
          isolate: false,
        },
      },
      { ...project, test: { name: 'apart', include: apart } },
      {
        ...project,
        test: {
          name: 'in browser',
          include: inBrowser,
          isolate: false,
          globalSetup: 'apps/dashboard/test/e2e/build-pages.ts',
        },
      },
    ],
  },
});
