import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { importDirectly } from './direct-imports.ts';

/** The folder of the project. */
export const root = resolve(import.meta.dirname, '../..');

/** What only lets a thread read TypeScript, and what it then reads. */
export const threads: ReadonlyMap<string, string> = new Map([
  ['libs/training/src/threads/image-thread.mjs', 'libs/training/src/threads/image-thread.ts'],
  ['libs/data/src/duplicates/worker-entry.mjs', 'libs/data/src/duplicates/worker.ts'],
]);

/**
 * What code is to say where it asks for places relative to its own: expressions of JavaScript, null where it stays as it is.
 * Files are relative to the project.
 */
export interface Places {
  /** The address of the program that starts from this source file; null where it is none. */
  program(file: string): string | null;
  /** The address of a file that is read. */
  asset(file: string): string | null;
  /** The address of a source file itself. */
  url(file: string): string | null;
  /** The path of a folder. */
  folder(folder: string): string | null;
}

export interface BundleOptions {
  /** The source file of each program and thread, relative to the project, by the path of its bundle without `.js`. */
  readonly programs: Readonly<Record<string, string>>;
  /** Gets the bundles. */
  readonly folder: string;
  readonly places: Places;
  /** What becomes of the packages that the sources import; they come first. */
  readonly plugins: readonly Plugin[];
  /** Code at the top of each bundle. */
  readonly banner?: string;
  /** Whether debuggers and stack traces may find the sources. */
  readonly sourcemap: boolean;
  /** Changes what is in a source file. */
  readonly edit?: (code: string) => string;
}

/** Bundles programs and threads as modules for Node 20, with what they share in files of its own. */
export async function bundlePrograms(options: BundleOptions): Promise<Metafile> {
  const { programs, folder, places, plugins, sourcemap, banner = '', edit = (code) => code } = options;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.entries(programs).map(([out, source]) => ({ in: source, out })),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap,
    metafile: true,
    logLevel: 'warning',
    banner: { js: banner },
    plugins: [...plugins, keepPlaces(places, edit)],
  });
  return metafile;
}

function keepPlaces(places: Places, edit: (code: string) => string): Plugin {
  return {
    name: 'keep-places',
    setup({ onLoad }) {
      onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => {
        if (path.includes('node_modules')) return null;
        const code = importDirectly(edit(await readFile(path, 'utf8')), path, inRoot('libs'));
        return { contents: sayPlaces(code, path, places), loader: path.endsWith('.ts') ? 'ts' : 'js' };
      });
    },
  };
}

/** The code of a file, with the places that it asks for said in it. */
export function sayPlaces(code: string, file: string, places: Places): string {
  const source = fromRoot(file);
  const pattern = /new URL\('([^':]+)', import\.meta\.url\)|import\.meta\.(url|dirname)/g;
  return code.replace(pattern, (whole, path: string | undefined, what: string | undefined) => {
    if (path === undefined)
      return (what === 'url' ? places.url(source) : places.folder(dirname(source))) ?? whole;
    const target = fromRoot(resolve(dirname(file), path));
    const address = places.program(threads.get(target) ?? target) ?? places.asset(target);
    return address === null ? whole : `new URL(${address})`;
  });
}

/** A path relative to the project, with slashes. */
export function fromRoot(path: string): string {
  return relative(root, path).split(sep).join('/');
}

/** The same in this project's folder. */
export function inRoot(path: string): string {
  return join(root, path);
}
