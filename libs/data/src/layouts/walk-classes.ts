import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { FilesDataset } from '@thaw/experiment';
import type { SkippedFile } from '../dataset.ts';
import type { Split } from '../leakage/crossings.ts';
import { byCodePoint, byWalk, hasImageExtension, isSystemFile, whyNoImage } from './file-names.ts';
import type { ListedClass, ListedFile, Listing } from './layout.ts';

/** What an entry is once links are followed: a loop or a link to nothing is `broken`. */
async function kindOf(entry: Dirent): Promise<'file' | 'folder' | 'broken' | 'other'> {
  if (!entry.isSymbolicLink()) {
    return entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other';
  }
  try {
    const target = await stat(join(entry.parentPath, entry.name));
    return target.isFile() ? 'file' : target.isDirectory() ? 'folder' : 'other';
  } catch {
    return 'broken';
  }
}

/** The folders in a folder, or links to some, by code point as Keras orders them. */
export async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const kinds = await Promise.all(entries.map(kindOf));
  return entries
    .filter((entry, index) => kinds[index] === 'folder' && !isSystemFile(entry.name))
    .map(({ name }) => name)
    .sort(byCodePoint);
}

interface Below {
  /** Names relative to the root. */
  readonly images: string[];
  readonly bad: SkippedFile[];
  /** Folders that hold neither an image nor a folder, with the one asked for. */
  readonly empty: string[];
}

/**
 * Every image below `folder`, in Keras's order, and every other file with the reason why it is none. Keras follows no links to
 * folders below a class, as one to a parent would never end; with `followLinks` those that lead back are left out.
 */
async function walkImages(root: string, folder: string, followLinks: boolean): Promise<Below> {
  const below: Below = { images: [], bad: [], empty: [] };
  const visit = async (relative: string, above: readonly string[]): Promise<void> => {
    const real = await realpath(join(root, relative));
    if (above.includes(real)) {
      below.bad.push({ name: relative, reason: 'a link to a folder that it lies in' });
      return;
    }
    let count = 0;
    for (const entry of await readdir(join(root, relative), { withFileTypes: true })) {
      if (isSystemFile(entry.name)) continue;
      const name = posix.join(relative, entry.name);
      const kind = await kindOf(entry);
      if (kind === 'folder' && (followLinks || !entry.isSymbolicLink())) {
        await visit(name, [...above, real]);
        count++;
      } else if (kind === 'folder') below.bad.push({ name, reason: 'a link to a folder is not followed' });
      else if (kind === 'broken') below.bad.push({ name, reason: 'a link to nothing' });
      else if (kind === 'file' && hasImageExtension(entry.name)) {
        below.images.push(name);
        count++;
      } else below.bad.push({ name, reason: whyNoImage(name) });
    }
    if (count === 0) below.empty.push(relative);
  };
  await visit(folder, []);
  below.images.sort(byWalk);
  return below;
}

/** `cat` of `TRAIN/cat/a.png` in `TRAIN`, `animals/cat` of `TRAIN/animals/cat/a.png`. */
function folderOf(name: string, parent: string): string {
  return posix.relative(parent, posix.dirname(name));
}

/**
 * Reads the class folders of `<root>/<parent>`, ordered by code point, as Keras orders them. With `dataset.classes: folders`
 * they are the folders of `parent`, and what lies in folders below belongs to them; with `nested` every folder that holds
 * images is a class, `animals/cat`. Files beside the class folders (a README, a table) do not count, an image there belongs
 * to no class. An empty class is a problem.
 */
export async function walkClasses(
  root: string,
  parent: string,
  set: Split | null,
  mode: FilesDataset['classes'],
): Promise<Omit<Listing, 'ignored'>> {
  const folders = await foldersIn(join(root, parent));
  const beside = (await readdir(join(root, parent), { withFileTypes: true }))
    .filter(({ name }) => !folders.includes(name) && !isSystemFile(name) && hasImageExtension(name))
    .map(({ name }) => posix.join(parent, name))
    .sort(byCodePoint);
  const files: ListedFile[] = beside.map((name) => ({ name, label: null, set }));
  const classes: ListedClass[] = [];
  const problems: string[] = [];
  const bad: SkippedFile[] = [];
  const deep: string[] = [];
  for (const name of folders) {
    const folder = posix.join(parent, name);
    const below = await walkImages(root, folder, mode === 'nested');
    bad.push(...below.bad);
    const without = mode === 'nested' ? below.empty : below.images.length === 0 ? [folder] : [];
    problems.push(...without.map((empty) => `${empty}/ has no images`));
    const holders = [...new Set(below.images.map((image) => folderOf(image, parent)))];
    const own =
      mode === 'nested' ? [...holders, ...without.map((empty) => posix.relative(parent, empty))] : [name];
    classes.push(...own.map((written) => ({ label: written.normalize('NFC'), written, set })));
    for (const image of below.images) {
      const label = (mode === 'nested' ? folderOf(image, parent) : name).normalize('NFC');
      files.push({ name: image, label, set });
    }
    if (mode === 'folders' && holders.length > 0 && !holders.includes(name)) deep.push(...holders);
  }
  return { files, classes, problems, bad, notes: deepNotes(deep) };
}

const mostNamed = 5;

function deepNotes(deep: readonly string[]): string[] {
  if (deep.length === 0) return [];
  const names = deep.slice(0, mostNamed).join(', ');
  const more = deep.length > mostNamed ? ` and ${deep.length - mostNamed} more` : '';
  const outer = [...new Set(deep.map((name) => name.split('/')[0]!))];
  return [
    `images lie in folders below the class folders (${names}${more}) and count as ${outer.slice(0, mostNamed).join(', ')}${outer.length > mostNamed ? ', ...' : ''}; to make each of these folders a class, set dataset.classes: nested${outer.length === 1 ? `, or dataset.path to the folder ${outer[0]}` : ''}`,
  ];
}
