import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { jsonText, UserError, writeFileAtomic } from '@thaw/base';

/**
 * Says before any work whether a file could be written later: a UserError when it is a folder, or when its folder (or the
 * nearest one above that exists) is none or may not be written to.
 */
export async function checkOutputFile(file: string): Promise<void> {
  const path = resolve(file);
  if ((await find(path))?.isDirectory()) {
    throw new UserError(`--output: ${file} is a folder; a file's name is needed`);
  }
  let folder = dirname(path);
  let found = await find(folder);
  while (!found) {
    folder = dirname(folder);
    found = await find(folder);
  }
  if (!found.isDirectory())
    throw new UserError(`--output: ${file} cannot be written: ${folder} is no folder`);
  await access(folder, constants.W_OK).catch(() => {
    throw new UserError(`--output: ${file} cannot be written: no permission to write to ${folder}`);
  });
}

/** Writes a JSON document, whole or not at all. Numbers that are not finite become null. */
export async function writeDocument(file: string, document: unknown): Promise<void> {
  await writeFileAtomic(file, `${jsonText(document, 2)}\n`);
}

/** Null for what is not there, or has a file where a folder should be. */
async function find(path: string) {
  return stat(path).catch(() => null);
}
