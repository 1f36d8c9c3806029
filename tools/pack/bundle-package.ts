import { isBuiltin } from 'node:module';
import type { Metafile, Plugin } from 'esbuild';
import { bundlePrograms, inRoot, type Places } from '../bundle/bundle-programs.ts';
import { copyFiles } from './copy-files.ts';
import { sayThaw } from './say-thaw.ts';

/** The programs and threads of the package, by the names of their bundles. */
const programs: Readonly<Record<string, string>> = {
  thaw: 'tools/pack/program/thaw.ts',
  'trial-process': 'libs/sweep/src/executors/trial-process.ts',
  'program-process': 'libs/sweep/src/executors/program/program-process.ts',
  'job-process': 'libs/sweep/src/jobs/job-process.ts',
  'image-thread': 'libs/training/src/threads/image-thread.ts',
  'duplicates-thread': 'libs/data/src/duplicates/worker.ts',
  'hdf5-thread': 'libs/model/src/weights/hdf5-thread.mjs',
};

/** Packages that stay packages: native, or found by their files. */
const kept = /^(onnxruntime-node|sharp|next)$/;

/** What bundled CommonJS requires of Node. */
const banner = `import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);`;

/** Bundles the programs into a folder, with the files of ours that they read. Says what went into which bundle. */
export async function bundlePackage(folder: string): Promise<Metafile> {
  const assets = new Set<string>();
  const metafile = await bundlePrograms({
    programs,
    folder,
    places: placesIn(assets),
    plugins: [keepNative],
    banner,
    sourcemap: false,
    edit: sayThaw,
  });
  await copyFiles(
    [...assets].map((file) => ({ from: inRoot(file), to: file })),
    folder,
  );
  return metafile;
}

/** In the package each file has the place below the bundles that it has in the project. */
function placesIn(assets: Set<string>): Places {
  const bundles = Object.fromEntries(
    Object.entries(programs).map(([name, source]) => [source, `./${name}.js`]),
  );
  const url = (path: string) => `new URL(${JSON.stringify(path)}, import.meta.url)`;
  return {
    program: (file) => (bundles[file] === undefined ? null : url(bundles[file])),
    asset: (file) => {
      if (/\.[cm]?ts$/.test(file))
        throw new Error(`${file} is started, but is none of the package's programs`);
      assets.add(file);
      return url(`./${file}`);
    },
    url: (file) => `${url(`./${file}`)}.href`,
    folder: (path) => `(import.meta.dirname + ${JSON.stringify(`/${path}`)})`,
  };
}

const keepNative: Plugin = {
  name: 'keep-native',
  setup({ onResolve }) {
    onResolve({ filter: kept }, ({ path }) => ({ path, external: true }));
  },
};

/** The names of the packages that bundles import from outside, with what is optional. */
export function importedPackages({ outputs }: Metafile): string[] {
  const paths = Object.values(outputs).flatMap(({ imports }) => imports.filter(({ external }) => external));
  const names = paths.map(({ path }) => /^(@[^/]+\/)?[^/]+/.exec(path)![0]);
  return [...new Set(names.filter((name) => !isBuiltin(name) && !name.startsWith('node:')))].sort();
}
