import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { fromRoot, inRoot } from '../bundle/bundle-programs.ts';
import type { CopiedFile } from './copy-files.ts';
import { readManifest } from './manifest.ts';
import { packageFolder } from './run-time-files.ts';

/** A folder in which npm has installed a package, in the path of one of its files. */
const folderOfPackage = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/** The folders of the packages that bundles contain, relative to the project. */
export function bundledPackages({ outputs }: Metafile): string[] {
  return foldersOf(Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)));
}

/** The folders of the packages that copied files come from. */
export function copiedPackages(files: readonly CopiedFile[]): string[] {
  return foldersOf(files.map(({ from }) => fromRoot(from)));
}

/** The folders of all packages that a workspace depends on, by way of others too: its pages may contain any of them. */
export async function neededPackages(workspace: string): Promise<string[]> {
  const folders = new Set<string>();
  const asked = [workspace];
  for (let folder = asked.pop(); folder !== undefined; folder = asked.pop()) {
    const { dependencies = {} } = await readManifest(inRoot(`${folder}/package.json`));
    for (const name of Object.keys(dependencies).filter((each) => !each.startsWith('@thaw/'))) {
      const found = packageFolder(name, folder);
      const path = found === null ? null : fromRoot(found);
      if (path === null || folders.has(path)) continue;
      folders.add(path);
      asked.push(path);
    }
  }
  return [...folders];
}

function foldersOf(files: readonly string[]): string[] {
  return files.flatMap((file) => folderOfPackage.exec(file)?.[0] ?? []);
}

/** The licences of packages as one text, each with its own words where it brings them. */
export async function licencesOf(folders: readonly string[]): Promise<string> {
  const texts = await Promise.all([...new Set(folders)].sort().map(licenceOf));
  const what = 'What Thaw brings of other packages, each under its own licence.';
  return [what, ...new Set(texts)].join(`\n\n${'-'.repeat(80)}\n\n`);
}

async function licenceOf(folder: string): Promise<string> {
  const { name, version, license, repository } = await readManifest(inRoot(`${folder}/package.json`));
  const names = (await readdir(inRoot(folder)))
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .sort();
  const words = await Promise.all(names.map((file) => readFile(join(inRoot(folder), file), 'utf8')));
  const title = `${name} ${version}: ${typeof license === 'string' ? license : JSON.stringify(license)}`;
  const where = `Its package brings no text of its licence; it is from ${JSON.stringify(repository ?? 'npm')}.`;
  return [title, ...(words.length > 0 ? words.map((text) => text.trim()) : [where])].join('\n\n');
}
