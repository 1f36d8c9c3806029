import { readFile } from 'node:fs/promises';
import { ifGone } from './if-gone.ts';

/** A file's text; null where there is no such file. */
export async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(ifGone(null));
}
