import type { RunRow, Value } from '@thaw/tracking';
import * as z from 'zod';

const value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]);

/** Rows without what they have in common, so that thousands travel fast. */
export const packedRowsSchema = z
  .object({
    columns: z.array(z.string()).describe('The names of the values of each row'),
    rows: z.array(z.array(value)),
    constants: z.record(z.string(), value).describe('Columns with one value in all of these rows'),
  })
  .meta({ id: 'PackedRows' });

export type PackedRows = z.infer<typeof packedRowsSchema>;

/** Columns that rows lack are null in what `unpackRows` gives. */
export function packRows(rows: readonly RunRow[]): PackedRows {
  const names = new Set<string>();
  for (const row of rows) for (const name in row) names.add(name);
  const columns: string[] = [];
  const constants: Record<string, Value> = {};
  for (const name of names) {
    const first = rows[0]![name] ?? null;
    // Lists of tags are never the same list.
    if (name !== 'id' && rows.every((row) => (row[name] ?? null) === first)) constants[name] = first;
    else columns.push(name);
  }
  return {
    columns,
    constants,
    rows: rows.map((row) => columns.map((name) => row[name] ?? null)),
  } as PackedRows;
}

/** The rows that were packed. */
export function unpackRows({ columns, rows, constants }: PackedRows): RunRow[] {
  return rows.map((values) => {
    const row: Record<string, Value> = { ...constants };
    for (let i = 0; i < columns.length; i++) row[columns[i]!] = values[i]!;
    return row as RunRow;
  });
}
