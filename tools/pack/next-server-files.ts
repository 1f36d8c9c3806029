import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { fromRoot, inRoot, root } from '../bundle/bundle-programs.ts';
import type { CopiedFile } from './copy-files.ts';

const next = 'node_modules/next';

/** What a server of our own starts Next.js with; its traces of a build begin behind this file. */
const entry = `${next}/dist/server/next.js`;

/** What Next.js only builds and develops with, though its server's files name it. */
const unused =
  /^(?!node_modules\/(next|@swc\/helpers)\/)|next\/dist\/(docs|next-devtools|server\/(dev|mcp)|compiled\/(next-server|next-devtools|webpack|@?babel|terser|postcss|@modelcontextprotocol|@mswjs))/;

/** Those files of packages that serve the pages of a build. sharp is none of them: it is a dependency. */
export async function nextServerFiles(buildFolder: string): Promise<CopiedFile[]> {
  const files = [...(await tracedFiles(buildFolder)), ...(await startFiles())];
  const manifests = files
    .map((file) => `${dirname(file)}/package.json`)
    .filter((file) => existsSync(inRoot(file)));
  const taken = new Set([`${next}/package.json`, `${next}/license.md`, ...manifests, ...files]);
  return [...taken].map((file) => ({ from: inRoot(file), to: file }));
}

/** What Next.js itself has found that the server of a build reads. */
async function tracedFiles(buildFolder: string): Promise<string[]> {
  const names = (await readdir(buildFolder, { recursive: true })).filter((file) =>
    file.endsWith('.nft.json'),
  );
  const traces = names.map(async (name) => {
    const trace = join(buildFolder, name);
    const { files } = JSON.parse(await readFile(trace, 'utf8')) as { files: string[] };
    return files.map((file) => fromRoot(resolve(dirname(trace), file)));
  });
  const files = (await Promise.all(traces)).flat();
  return files.filter(
    (file) => /^node_modules\/(?!sharp\/|@img\/)/.test(file) && !/\.d\.[cm]?ts$/.test(file),
  );
}

/** What is read besides, from the entry on. */
async function startFiles(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: 'unused',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    logLevel: 'silent',
    plugins: [onlyUsed],
  });
  return Object.keys(metafile.inputs).filter((file) => !unused.test(file));
}

const onlyUsed: Plugin = {
  name: 'only-used',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || /^(next|@swc)\//.test(path) ? null : { path, external: true },
    );
    onLoad({ filter: /./ }, ({ path }) => (unused.test(fromRoot(path)) ? { contents: '' } : null));
  },
};
