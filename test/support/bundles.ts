import { bundleInPlace, placesOf } from '../../tools/bundle/bundle-in-place.ts';
import { sayPlaces, type Places } from '../../tools/bundle/bundle-programs.ts';

/** Programs and threads that tests start again and again. Read from source, each takes a second of a processor to start. */
const programs = [
  'apps/cli/src/main.ts',
  'libs/sweep/src/executors/trial-process.ts',
  'libs/sweep/src/executors/program/program-process.ts',
  'libs/sweep/src/jobs/job-process.ts',
  'libs/training/src/threads/image-thread.ts',
  'libs/data/src/duplicates/worker.ts',
  'libs/sweep/test/support/fake-trial-process.ts',
  'libs/sweep/test/support/fake-job-process.ts',
  'libs/sweep/test/support/job-parent.ts',
  'libs/sweep/test/support/sweep-job-parent.ts',
  'libs/sweep/test/chaos/chaos-trial.ts',
  'libs/sweep/test/chaos/coordinator.ts',
  'libs/sweep/test/chaos/queue-coordinator.ts',
  'libs/sweep/test/chaos/queue-worker.ts',
  'libs/tracking/test/killed-writer.ts',
  'libs/compute/test/support/measure-step-memory.ts',
  'test/support/checkpointed-trial.ts',
  'apps/dashboard/test/e2e/endless-run.ts',
];

/** Bundles the programs into a folder, as `bundleOf` finds them. */
export async function bundlePrograms(folder: string): Promise<void> {
  await bundleInPlace(programs, folder, { sourcemap: true });
}

/** Has what the tests import start bundles where it would start programs and threads. */
export function startsBundles(folder: string) {
  const { program } = placesOf(programs, folder);
  const places: Places = { program, asset: () => null, url: () => null, folder: () => null };
  return {
    name: 'thaw:starts-bundles',
    enforce: 'pre' as const,
    transform: (code: string, id: string) =>
      id.startsWith('/') && code.includes('import.meta.url') ? sayPlaces(code, id, places) : null,
  };
}
