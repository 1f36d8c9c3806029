import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { inRoot, threads } from '../bundle/bundle-programs.ts';
import { compileLibraries } from './compile-libraries.ts';
import { copyFiles } from './copy-files.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { sayThaw } from './say-thaw.ts';

/** Those that others are asked to use; what they need goes along. */
const offered = ['search', 'tracking', 'metrics', 'analysis'];

/** Tests that strategies and stores of other programs can pass, with what they are written in. */
const contracts = { search: './testing', tracking: './testing' } as const;
const testers = ['vitest', 'fast-check'];

/** Native, or of hundreds of MB, and needed to train alone: who does adds them. */
const forTraining = /^(onnxruntime-node|nsfwjs|@tensorflow\/.*)$/;

/** What a manifest says for the project alone. */
const inProject = ['private', 'nx'];

export interface FilledPackage {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Fills a folder for each library, as JavaScript with declarations and source maps. */
export async function fillLibraries(folder: string): Promise<FilledPackage[]> {
  const manifests = await needed(offered);
  const entries = [...manifests].flatMap(([lib, manifest]) =>
    Object.values(exportsOf(lib, manifest)).map((file) => join('libs', lib, file)),
  );
  const started = [...threads.values()].filter((file) => manifests.has(file.split('/')[1]!));
  await compileLibraries([...entries, ...started], folder);
  return Promise.all([...manifests].map(([lib, manifest]) => fill(join(folder, 'libs', lib), lib, manifest)));
}

async function needed(libs: readonly string[]): Promise<Map<string, Manifest>> {
  const found = new Map<string, Manifest>();
  const asked = [...libs];
  for (let lib = asked.pop(); lib !== undefined; lib = asked.pop()) {
    if (found.has(lib)) continue;
    const manifest = await readManifest(inRoot(`libs/${lib}/package.json`));
    found.set(lib, manifest);
    const names = Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith('@thaw/'));
    asked.push(...names.map((name) => name.slice('@thaw/'.length)));
  }
  return found;
}

/** What of a lib others may import: its sources, not what its tests lend to other tests. */
function exportsOf(lib: string, { exports = {} }: Manifest): Record<string, string> {
  const contract = lib in contracts ? contracts[lib as keyof typeof contracts] : null;
  return Object.fromEntries(
    Object.entries(exports).filter(([name, file]) => name === contract || file.startsWith('./src/')),
  );
}

async function fill(folder: string, lib: string, source: Manifest): Promise<FilledPackage> {
  const from = inRoot(`libs/${lib}`);
  const read = await glob(['src/**/*.{wasm,mjs}'], { cwd: from });
  const files = read.filter((file) => !threads.has(`libs/${lib}/${file}`));
  await copyFiles(
    files.map((file) => ({ from: join(from, file), to: file })),
    folder,
  );
  const readme = join(from, 'README.md');
  if (existsSync(readme)) await writeFile(join(folder, 'README.md'), sayThaw(await readFile(readme, 'utf8')));
  await cp(inRoot('LICENSE'), join(folder, 'LICENSE'));
  const manifest = await publishedManifest(lib, source);
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return { folder, manifest };
}

/** The manifest of a lib as it is published: its sources are JavaScript there. */
async function publishedManifest(lib: string, source: Manifest): Promise<Manifest> {
  const { engines, devDependencies } = await readManifest(inRoot('package.json'));
  const { dependencies = {}, peerDependencies = {} } = source;
  const kept = Object.entries(source).filter(([key]) => !inProject.includes(key));
  const peers = Object.entries(dependencies).filter(([name]) => forTraining.test(name));
  const optional = { ...peerDependencies, ...Object.fromEntries(peers) };
  if (lib in contracts) for (const name of testers) optional[name] = devDependencies![name]!;
  const published = Object.entries(exportsOf(lib, source)).map(
    ([name, file]) => [name, compiled(file)] as const,
  );
  return {
    ...Object.fromEntries(kept),
    name: source.name,
    version: source.version,
    engines,
    files: lib in contracts ? ['src', 'test'] : ['src'],
    exports: { ...Object.fromEntries(published), './package.json': './package.json' },
    dependencies: Object.fromEntries(
      Object.entries(dependencies).filter(([name]) => !forTraining.test(name)),
    ),
    ...(Object.keys(optional).length > 0 && {
      peerDependencies: optional,
      peerDependenciesMeta: Object.fromEntries(
        Object.keys(optional).map((name) => [name, { optional: true }]),
      ),
    }),
  };
}

function compiled(file: string): { types: string; default: string } {
  return { types: file.replace(/\.ts$/, '.d.ts'), default: file.replace(/\.ts$/, '.js') };
}
