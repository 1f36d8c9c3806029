import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot } from '../bundle/bundle-programs.ts';
import { bundlePackage, importedPackages } from './bundle-package.ts';
import { copyFiles } from './copy-files.ts';
import { bundledPackages, copiedPackages, licencesOf, neededPackages } from './licences.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { packPages } from './dashboard-pages.ts';
import { packageFolder, runTimeFiles } from './run-time-files.ts';
import { sayThaw } from './say-thaw.ts';

/** Packages that bundles import from outside and that go along. */
const broughtAlong = ['onnxruntime-node', 'next'];

/** Those that are loaded with the first image, which bundles do not say. */
const required = ['sharp'];

/** Where the package that the other packages come with is looked for: the command line imports what all of them do. */
const importer = 'apps/cli';

/** Fills a folder with the package `thaw`, which has everything that its commands need beside what npm installs with it. */
export async function fillThaw(
  folder: string,
  platforms: readonly string[],
  progress: NodeJS.WritableStream,
): Promise<Manifest> {
  const lib = join(folder, 'lib');
  const metafile = await bundlePackage(lib);
  await packPages(lib, progress);
  const along = await runTimeFiles(platforms);
  await copyFiles(along, lib);
  const packages = [
    ...bundledPackages(metafile),
    ...copiedPackages(along),
    ...(await neededPackages('apps/dashboard')),
  ];
  await writeFile(join(folder, 'LICENCES-OF-OTHERS.txt'), await licencesOf(packages));
  await cp(inRoot('experiments'), join(folder, 'experiments'), { recursive: true });
  await cp(inRoot('LICENSE'), join(folder, 'LICENSE'));
  const manifest = await manifestOf([...importedPackages(metafile), ...required]);
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(
    join(folder, 'README.md'),
    sayThaw(await readFile(inRoot('tools/pack/program/README.md'), 'utf8')),
  );
  return manifest;
}

async function manifestOf(imported: readonly string[]): Promise<Manifest> {
  const { name, version, description, license, type, engines } = await readManifest(inRoot('package.json'));
  const dependencies: Record<string, string> = {};
  for (const each of imported.filter((other) => !broughtAlong.includes(other))) {
    const installed = packageFolder(each, importer);
    // What is not installed here is asked for and done without.
    if (installed !== null)
      dependencies[each] = (await readManifest(join(installed, 'package.json'))).version;
  }
  return { name, version, description, license, type, bin: { thaw: 'lib/thaw.js' }, engines, dependencies };
}
