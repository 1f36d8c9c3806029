import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';
import { bundlePrograms, inRoot, threads, type Places } from './bundle-programs.ts';

/** Packages that stay where they are: native, found by their files, or large and rarely read. A program reads all others at each start. */
const kept = /^(onnxruntime-|sharp|next|webgpu|@tensorflow\/|h5wasm|nsfwjs|@expo-google-fonts\/)/;

/** What bundled CommonJS requires of Node. */
const banner = `import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(${JSON.stringify(inRoot('package.json'))});`;

interface BundleInPlaceOptions {
  readonly sourcemap: boolean;
  /** Where the folder will be when they run; where it is by default. */
  readonly place?: string;
}

/**
 * Bundles programs and threads of this checkout, to be run in it, into a folder where each has the path of its source. Read from source,
 * each takes a second of a processor to start. A thread shares no file with others: it would read all that is in there for them, too,
 * which takes half of the time again.
 */
export async function bundleInPlace(
  programs: readonly string[],
  folder: string,
  { sourcemap, place = folder }: BundleInPlaceOptions,
): Promise<void> {
  const isThread = (file: string) => [...threads.values()].includes(file);
  const apart = programs.filter(isThread).map((file) => [file]);
  await Promise.all(
    [programs.filter((file) => !isThread(file)), ...apart].map((some) =>
      bundlePrograms({
        programs: Object.fromEntries(some.map((file) => [file.replace(/\.ts$/, ''), file])),
        folder,
        places: placesOf(programs, place),
        plugins: [keepPackages],
        banner,
        sourcemap,
      }),
    ),
  );
}

/** Each file of ours knows its own place, not that of its bundle; programs and threads are bundles. */
export function placesOf(programs: readonly string[], folder: string): Places {
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
