import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { UserError, withFileLock, writeFileAtomic } from '@thaw/base';
import { annotationsSchema } from './annotations-schema.ts';
import { noAnnotations, type Annotations } from '../query/run-row.ts';

const fileName = 'annotations.json';

/** Beside the runs' folders: the id of a run, a line each, whenever its annotations, or after its end its record, have changed, so that readers need not look at all. */
export const changesName = '.annotated';

/** What users said of the run in `folder`; nothing where nobody said anything or the file cannot be read. */
export async function readAnnotations(folder: string): Promise<Annotations> {
  const path = join(folder, fileName);
  // Most runs have none, and an error for each of thousands takes its time.
  if (!existsSync(path)) return noAnnotations;
  try {
    return annotationsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return noAnnotations;
  }
}

/** Changes what is said of the run in `folder`. Of two processes that do so at once the second waits. */
export async function annotate(folder: string, change: Partial<Annotations>): Promise<Annotations> {
  return withFileLock(join(folder, `.${fileName}.lock`), async () => {
    const next = { ...(await readAnnotations(folder)), ...change };
    const checked = annotationsSchema.safeParse({ ...next, tags: [...new Set(next.tags)] });
    if (!checked.success) throw new UserError(`this cannot be noted: ${z.prettifyError(checked.error)}`);
    await writeFileAtomic(
      join(folder, fileName),
      `${JSON.stringify({ format: 1, ...checked.data }, null, 2)}\n`,
    );
    await noteChange(folder);
    return checked.data;
  });
}

/** Tells those who keep runs in memory that the run in `folder` is to be read again, though it has ended. */
export async function noteChange(folder: string): Promise<void> {
  await appendFile(join(folder, '..', changesName), `${basename(folder)}\n`);
}
