import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { withFileLock } from '@thaw/base';
import { AtomicJSONFile } from './record-file.ts';

/**
 * Changes a record that has ended, and so has no owner who would write it any more. Of two processes that do so at once the second
 * waits and sees what the first has written.
 */
export async function amendRecord<T>(
  file: string,
  schema: z.ZodType<T>,
  change: (record: T) => T,
): Promise<void> {
  await withFileLock(join(file, '..', '.amend.lock'), async () => {
    const record = schema.parse(JSON.parse(await readFile(file, 'utf8')));
    await new AtomicJSONFile<T>(file).write(change(record));
  });
}
