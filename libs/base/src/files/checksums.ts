import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesIn } from './files-in.ts';
import { sha256File } from './sha256.ts';
import { writeFileAtomic } from './write-file-atomic.ts';

/** The file's name; `sha256sum -c SHA256SUMS` reads it. */
export const checksumsFile = 'SHA256SUMS';

/** Writes the sha256 of every file of a folder, those in folders inside included, into `SHA256SUMS`. */
export async function writeChecksums(folder: string): Promise<void> {
  const lines: string[] = [];
  for (const name of await filesIn(folder)) lines.push(`${await sha256File(join(folder, name))}  ${name}\n`);
  await writeFileAtomic(join(folder, checksumsFile), lines.join(''));
}

/**
 * What is wrong with the files `names` of a folder by its `SHA256SUMS`, in a few words; null when they are as they were written.
 * All that it lists when no names are given.
 */
export async function checksumProblem(folder: string, names?: readonly string[]): Promise<string | null> {
  const text = await readFile(join(folder, checksumsFile), 'utf8').catch(() => null);
  if (text === null) return `${checksumsFile} is missing`;
  const sums = new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  for (const name of names ?? sums.keys()) {
    const expected = sums.get(name);
    if (expected === undefined) return `${checksumsFile} does not list ${name}`;
    const found = await sha256File(join(folder, name)).catch(() => null);
    if (found === null) return `${name} is missing`;
    if (found !== expected) return `${name} is not what was written: its checksum differs`;
  }
  return null;
}
