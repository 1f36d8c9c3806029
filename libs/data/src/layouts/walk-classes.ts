import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { SkippedFile } from '../dataset.ts';
import { byCodePoint, byWalk, hasImageExtension, isSystemFile, whyNoImage } from './file-names.ts';
import type { ListedFile } from './layout.ts';

interface Walk {
  readonly classes: readonly string[];
  readonly files: readonly ListedFile[];
  readonly problems: readonly string[];
  readonly bad: readonly SkippedFile[];
}

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

/** Every image below a folder (names relative to `root`), in Keras's order, and every other file with the reason why it is none. */
export async function walkImages(root: string, folder: string): Promise<[string[], SkippedFile[]]> {
  const images: string[] = [];
  const bad: SkippedFile[] = [];
  const visit = async (relative: string): Promise<void> => {
    for (const entry of await readdir(join(root, relative), { withFileTypes: true })) {
      if (isSystemFile(entry.name)) continue;
      const name = posix.join(relative, entry.name);
      const kind = await kindOf(entry);
      if (kind === 'folder' && !entry.isSymbolicLink()) await visit(name);
      // Keras does not follow them either, and a link to a parent would never end.
      else if (kind === 'folder') bad.push({ name, reason: 'a link to a folder is not followed' });
      else if (kind === 'broken') bad.push({ name, reason: 'a link to nothing' });
      else if (kind === 'file' && hasImageExtension(entry.name)) images.push(name);
      else bad.push({ name, reason: whyNoImage(name) });
    }
  };
  await visit(folder);
  return [images.sort(byWalk), bad];
}

/**
 * Reads `<root>/<parent>/<class>/**`: classes are the folders of `parent` ordered by code point, as Keras orders them.
 * Files beside the class folders (a README, a table) do not count, but an image there belongs to no class and is bad.
 * An empty class is a problem.
 */
export async function walkClasses(root: string, parent: string, set: ListedFile['set']): Promise<Walk> {
  const classes: string[] = [];
  const bad: SkippedFile[] = [];
  for (const entry of await readdir(join(root, parent), { withFileTypes: true })) {
    if (isSystemFile(entry.name)) continue;
    if ((await kindOf(entry)) === 'folder') classes.push(entry.name);
    else if (hasImageExtension(entry.name)) {
      bad.push({ name: posix.join(parent, entry.name), reason: 'an image outside every class folder' });
    }
  }
  classes.sort(byCodePoint);
  const files: ListedFile[] = [];
  const problems: string[] = [];
  for (const label of classes) {
    const folder = posix.join(parent, label);
    const [images, others] = await walkImages(root, folder);
    if (images.length === 0) problems.push(`${folder}/ has no images`);
    files.push(...images.map((name) => ({ name, label, set })));
    bad.push(...others);
  }
  return { classes, files, problems, bad };
}
