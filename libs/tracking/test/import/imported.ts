import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@thaw/base';
import { asImportedRun, readImport, type ImportedRun } from '../../src/index.ts';
import { temporaryFolder } from '../support/fixtures.ts';

/** Writes files, by their paths, and reads what is in `path` of them. */
export async function readFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  path: string,
): Promise<ImportedRun[]> {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  try {
    const results = await readImport(join(folder, path));
    return results.map((each) => asImportedRun(each, join(folder, path), null));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message.replaceAll(`${folder}/`, '').replaceAll(folder, '.'));
  }
}

/** The one message of a file that is refused. */
export async function refusalOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  path: string,
): Promise<string> {
  const error: unknown = await readFiles(files, path).then(
    () => null,
    (caught: unknown) => caught,
  );
  if (error instanceof UserError) return error.message;
  throw error ?? new Error('it was read');
}
