import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** Programs and threads that tests start again and again. Read from source, each takes a second of a processor to start. */
const programs = [
  'apps/cli/src/main.ts',
  'libs/sweep/src/executors/trial-process.ts',
  'libs/sweep/src/jobs/job-process.ts',
  'libs/training/src/threads/image-thread.ts',
  'libs/data/src/duplicates/worker.ts',
  'libs/sweep/test/support/fake-trial-process.ts',
  'libs/sweep/test/support/fake-job-process.ts',
  'libs/sweep/test/support/job-parent.ts',
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

/** What only lets a thread read TypeScript, and what it then reads. */
const threads = new Map([
  ['libs/training/src/threads/image-thread.mjs', 'libs/training/src/threads/image-thread.ts'],
  ['libs/data/src/duplicates/worker-entry.mjs', 'libs/data/src/duplicates/worker.ts'],
]);

/** Bundles the programs into a folder, as `bundleOf` finds them. Packages stay where they are. */
export async function bundlePrograms(folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir: folder,
    outbase: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [keepPackages, keepPlaces(folder)],
  });
}

/** Imports packages from where the importing file finds them. */
const keepPackages: Plugin = {
  name: 'keep-packages',
  setup({ onResolve, resolve: resolveImport }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || path.startsWith('@thaw/') || path.startsWith('node:')) return null;
      if (pluginData === keepPackages) return null;
      const found = await resolveImport(path, { kind, resolveDir, pluginData: keepPackages });
      return found.errors.length > 0 ? { path, external: true } : { path: found.path, external: true };
    });
  },
};

/** Lets each file of ours know its own place, not that of its bundle. */
function keepPlaces(folder: string): Plugin {
  return {
    name: 'keep-places',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const code = startBundles(await readFile(path, 'utf8'), path, folder)
          .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
          .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
        return { contents: code, loader: 'ts' };
      });
    },
  };
}

/** The code of a file, which starts bundles where it started programs and threads. */
export function startBundles(code: string, file: string, folder: string): string {
  return code.replace(/new URL\('(\.[^']+)', import\.meta\.url\)/g, (whole, path: string) => {
    const source = resolve(dirname(file), path).slice(root.length + 1);
    const program = threads.get(source) ?? source;
    if (!programs.includes(program)) return whole;
    return `new URL('${pathToFileURL(join(folder, program.replace(/\.ts$/, '.js'))).href}')`;
  });
}

/** The same for what the tests import. */
export function startsBundles(folder: string) {
  return {
    name: 'thaw:starts-bundles',
    enforce: 'pre' as const,
    transform(code: string, id: string) {
      return id.startsWith('/') && code.includes('import.meta.url') ? startBundles(code, id, folder) : null;
    },
  };
}
