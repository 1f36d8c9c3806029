import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';
import {
  bundlePrograms as bundle,
  inRoot,
  sayPlaces,
  type Places,
} from '../../tools/bundle/bundle-programs.ts';

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
  'apps/dashboard/server/main.ts',
  'apps/dashboard/test/e2e/endless-run.ts',
];

/** Packages that stay where they are: native, found by their files, or large and rarely read. A program reads all others at each start. */
const kept = /^(onnxruntime-|sharp|next|webgpu|@tensorflow\/|h5wasm|nsfwjs|@expo-google-fonts\/)/;

/** What bundled CommonJS requires of Node. */
const banner = `import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(${JSON.stringify(inRoot('package.json'))});`;

/** Bundles the programs into a folder, as `bundleOf` finds them. */
export async function bundlePrograms(folder: string): Promise<void> {
  await bundle({
    programs: Object.fromEntries(programs.map((file) => [file.replace(/\.ts$/, ''), file])),
    folder,
    places: placesOfBundles(folder),
    plugins: [keepPackages],
    banner,
    sourcemap: true,
  });
}

/** Each file of ours knows its own place, not that of its bundle; programs and threads are bundles. */
function placesOfBundles(folder: string): Places {
  const url = (path: string) => JSON.stringify(pathToFileURL(path).href);
  return {
    program: (file) => (programs.includes(file) ? url(join(folder, file.replace(/\.ts$/, '.js'))) : null),
    asset: (file) => url(inRoot(file)),
    url: (file) => url(inRoot(file)),
    folder: (path) => JSON.stringify(inRoot(path)),
  };
}

/** Imports them from where the importing file finds them. */
const keepPackages: Plugin = {
  name: 'keep-packages',
  setup({ onResolve, resolve: resolveImport }) {
    onResolve({ filter: kept }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || pluginData === keepPackages) return null;
      const found = await resolveImport(path, { kind, resolveDir, pluginData: keepPackages });
      return found.errors.length > 0 ? { path, external: true } : { path: found.path, external: true };
    });
  },
};

/** Has what the tests import start bundles where it would start programs and threads. */
export function startsBundles(folder: string) {
  const { program } = placesOfBundles(folder);
  const places: Places = { program, asset: () => null, url: () => null, folder: () => null };
  return {
    name: 'thaw:starts-bundles',
    enforce: 'pre' as const,
    transform: (code: string, id: string) =>
      id.startsWith('/') && code.includes('import.meta.url') ? sayPlaces(code, id, places) : null,
  };
}
