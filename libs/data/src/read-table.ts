import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { UserError } from '@thaw/base';

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly values: Record<string, string> }[];
}

/**
 * Reads a comma-separated table whose first line names the columns (UTF-8, with or without byte order mark; empty lines
 * do not count). Throws a UserError that says what is wrong with the file, or that `needed` columns are missing and
 * which there are; `setting` is the key in the experiment file that named it.
 */
export async function readTable(file: string, setting: string, needed: readonly string[]): Promise<Table> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : `it cannot be read (${code})`;
    throw new UserError(`${setting}: ${file}: ${reason}.`, {
      kind: code === 'ENOENT' ? 'not-found' : 'invalid',
    });
  }
  let records: { record: Record<string, string>; info: { lines: number } }[];
  let columns: string[] = [];
  try {
    records = parse(text, {
      bom: true,
      columns: (names: string[]) => (columns = names),
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    throw new UserError(`${setting}: ${file} is not a comma-separated table: ${(error as Error).message}.`);
  }
  const missing = needed.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw new UserError(
      `${setting}: ${file} has no column ${missing.map((name) => `"${name}"`).join(' and no column ')}; ` +
        (columns.length > 0
          ? `its columns are ${columns.map((name) => `"${name}"`).join(', ')}.`
          : 'it is empty.'),
    );
  }
  return {
    columns,
    rows: records.map(({ record, info }) => ({ line: info.lines, values: record })),
  };
}
