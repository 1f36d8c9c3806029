import { basename, join } from 'node:path';
import * as z from 'zod';
import { AtomicJSONFile } from './record-file.ts';

/** A record that cannot be read: `path` names its folder. */
export interface Damaged {
  path: string;
  reason: string;
}

export type ReadResult<T> = { record: T } | { damaged: Damaged };

const formatSchema = z.object({ format: z.number() });

/**
 * Reads `<folder>/<file>` and checks that it is a record of this format that belongs to this folder. Never throws: whatever
 * is wrong with one record is said in `damaged` and does not keep anybody from reading the others.
 */
export async function readRecord<T extends { id: string }>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  complete: (folder: string, record: T) => T,
): Promise<ReadResult<T>> {
  const damaged = (reason: string) => ({ damaged: { path: folder, reason } });
  let data: unknown;
  try {
    data = await new AtomicJSONFile<unknown>(join(folder, file)).read();
  } catch (error) {
    return damaged(readingProblem(error as NodeJS.ErrnoException, file));
  }
  const format = formatSchema.safeParse(data);
  if (format.success && format.data.format !== 1) {
    return damaged(`${file} has format ${format.data.format}; this version of Thaw reads format 1`);
  }
  const result = schema.safeParse(data);
  if (!result.success) return damaged(`${file} is not such a record: ${firstProblem(result.error)}`);
  if (result.data.id !== basename(folder)) {
    return damaged(`${file} has the id ${result.data.id}, which is not its folder's name`);
  }
  try {
    return { record: complete(folder, result.data) };
  } catch (error) {
    return damaged((error as Error).message);
  }
}

/** Why a record's file cannot be read, in a few words. */
export function readingProblem(error: NodeJS.ErrnoException, file: string): string {
  if (error instanceof SyntaxError) return `${file} is not JSON: ${error.message}`;
  if (error.code === 'ENOENT') return `has no ${file}`;
  if (error.code === 'ENOTDIR') return 'is a file, not a folder of a record';
  return `${file} cannot be read: ${error.code ?? error.message}`;
}

/** What is wrong with a record, in a few words. */
export function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0]!;
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}
