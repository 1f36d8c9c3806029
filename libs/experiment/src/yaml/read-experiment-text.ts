import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '@thaw/base';
import { didYouMean, nearest } from '../messages/nearest.ts';

/** Far above any experiment file; a model or an archive given by mistake is not read whole. */
const MOST_BYTES = 65_536;

/** The text of an experiment file. Throws UserError when there is no such file or it is not text in UTF-8. */
export async function readExperimentText(file: string): Promise<string> {
  const wanted = 'allowed: an experiment file in YAML';
  const status = await stat(file).catch((error: unknown) => error as NodeJS.ErrnoException);
  if (status instanceof Error) {
    const reason = status.code === 'ENOENT' ? 'no file of this name' : status.message;
    throw new UserError(`${file}: found ${reason}; ${wanted}${didYouMean(await similar(file))}`, {
      kind: status.code === 'ENOENT' ? 'not-found' : 'invalid',
    });
  }
  if (!status.isFile()) {
    const found = status.isDirectory() ? 'a folder' : 'something that is not a file';
    throw new UserError(`${file}: found ${found}; ${wanted}`);
  }
  if (status.size > MOST_BYTES) {
    throw new UserError(
      `${file}: found ${String(status.size)} bytes; ${wanted}, up to ${String(MOST_BYTES)}`,
    );
  }
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new UserError(`${file}: found a file that cannot be read (${(error as Error).message}); ${wanted}`);
  });
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new UserError(`${file}: found bytes that are not text in UTF-8; ${wanted}`);
}

async function similar(file: string): Promise<string | null> {
  const names = await readdir(dirname(file)).catch(() => []);
  const name = nearest(basename(file), names);
  return name === null ? null : join(dirname(file), name);
}
