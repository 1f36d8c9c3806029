import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { UserError, withFileLock, writeFileAtomic } from '@thaw/base';
import { annotationsSchema } from './annotations-schema.ts';
import { noAnnotations, type Annotations, type AnnotationsChange } from '../query/run-row.ts';

export const annotationsName = 'annotations.json';

/** Beside the runs' folders: the id of a run, a line each, whenever its annotations, or after its end its record, have changed, so that readers need not look at all. */
export const changesName = '.annotated';

/** What users said of the run in `folder`; nothing where nobody said anything or the file cannot be read. */
export async function readAnnotations(folder: string): Promise<Annotations> {
  return (await read(folder)) ?? noAnnotations;
}

/**
 * Changes what is said of the run in `folder`. Of two processes that do so at once the second waits. UserErrors: "damaged" for
 * a file that cannot be read, which stays as it is; "conflict" where the note is another by now; "invalid" for what is too long.
 */
export async function annotate(folder: string, change: AnnotationsChange): Promise<Annotations> {
  return withFileLock(join(folder, `.${annotationsName}.lock`), async () => {
    const before = await read(folder);
    if (before === null) {
      throw new UserError(`${join(folder, annotationsName)} cannot be read; nothing was changed`, {
        kind: 'damaged',
      });
    }
    const checked = annotationsSchema.safeParse(changed(before, change));
    if (!checked.success) throw new UserError(`this cannot be noted: ${z.prettifyError(checked.error)}`);
    await writeFileAtomic(
      join(folder, annotationsName),
      `${JSON.stringify({ format: 1, ...checked.data }, null, 2)}\n`,
    );
    await noteChange(folder);
    return checked.data;
  });
}

/** Null for a file that is damaged. */
async function read(folder: string): Promise<Annotations | null> {
  const path = join(folder, annotationsName);
  // Most runs have none, and an error for each of thousands takes its time.
  if (!existsSync(path)) return noAnnotations;
  try {
    return annotationsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

function changed(before: Annotations, change: AnnotationsChange): Annotations {
  const { note = before.note, noteWas = before.note, archived = before.archived } = change;
  if (noteWas !== before.note) {
    throw new UserError(
      `the note has changed since it was read, and was left as it is: ${before.note.slice(0, 200) || 'it is empty'}`,
      {
        kind: 'conflict',
      },
    );
  }
  const kept = (change.tags ?? before.tags).filter((tag) => !change.removeTags?.includes(tag));
  return { note, archived, tags: [...new Set([...kept, ...(change.addTags ?? [])])] };
}

/** Tells those who keep runs in memory that the run in `folder` is to be read again, though it has ended. */
export async function noteChange(folder: string): Promise<void> {
  await appendFile(join(folder, '..', changesName), `${basename(folder)}\n`);
}
