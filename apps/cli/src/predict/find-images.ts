import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { UserError } from '@thaw/base';
import { hasImageExtension } from '@thaw/data';
import { glob, isDynamicPattern } from 'tinyglobby';

/**
 * The files that arguments name, each once, in their order: files as they are named, folders for the images in them and in the
 * folders inside, patterns for the files that match. A UserError for what is not there or has no image.
 */
export async function findImages(args: readonly string[]): Promise<string[]> {
  const found = await Promise.all(args.map(filesOf));
  return [...new Set(found.flat())];
}

async function filesOf(arg: string): Promise<string[]> {
  const entry = await stat(arg).catch(() => null);
  if (entry?.isDirectory()) {
    const images = (await glob('**', { cwd: arg })).filter(hasImageExtension).sort();
    if (images.length === 0) throw new UserError(`${arg} is a folder without images`);
    return images.map((name) => join(arg, name));
  }
  if (entry) return [arg];
  if (!isDynamicPattern(arg)) throw new UserError(`${arg}: there is no such file`);
  const matches = await glob(arg, { absolute: isAbsolute(arg), expandDirectories: false });
  if (matches.length === 0) throw new UserError(`${arg} matches no file`);
  return matches.sort();
}
