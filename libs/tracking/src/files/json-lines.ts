import type * as z from 'zod';
import { UserError } from '@thaw/base';

/** One JSON document a line, each line ended. Numbers that are not finite become null. */
export function formatJsonLines(rows: readonly unknown[]): string {
  return rows.map((row) => JSON.stringify(row) + '\n').join('');
}

/**
 * Reads JSON lines. A last line that breaks off (its writer was killed, or is writing it now) is passed over; any other
 * line that does not fit is a UserError that names `path` and the line.
 */
export function parseJsonLines<T extends z.ZodType>(text: string, schema: T, path: string): z.output<T>[] {
  const lines = text.split('\n');
  const rows: z.output<T>[] = [];
  lines.forEach((line, index) => {
    if (line === '') return;
    const result = schema.safeParse(parse(line));
    if (result.success) rows.push(result.data);
    else if (index < lines.length - 1) {
      throw new UserError(`${path}, line ${index + 1}: not a record that Thaw wrote: ${line.slice(0, 80)}`, {
        kind: 'damaged',
      });
    }
  });
  return rows;
}

/** Reads one JSON document; a UserError that names `path` and what does not fit. */
export function parseDocument<T extends z.ZodType>(text: string, schema: T, path: string): z.output<T> {
  const result = schema.safeParse(parse(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UserError(
    `${path}: not a document that Thaw wrote: ${[issue!.path.join('.'), issue!.message].filter(Boolean).join(': ')}`,
    { kind: 'damaged' },
  );
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
