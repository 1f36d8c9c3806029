import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { UserError } from '@thaw/base';
import { show } from '@thaw/experiment';

/** What a file says of one image, not yet checked. */
export interface StatedPrediction {
  /** In the file, from 1. */
  readonly line: number;
  readonly file: unknown;
  readonly label: unknown;
  readonly predicted?: unknown;
  readonly split?: unknown;
  readonly group?: unknown;
  readonly probabilities: unknown;
}

/** Columns of a table; every other one is a class. */
const columns = ['file', 'label', 'predicted', 'split', 'group'] as const;

/**
 * Predictions from a table (CSV) with the columns file and label, group and split where they are known, and one for each class; or
 * from lines of JSON with the same keys and `probabilities` by class name. Null where there is no such file. A UserError names the
 * line of what is wrong.
 */
export async function readPredictionFile(path: string): Promise<StatedPrediction[] | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new UserError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  });
  if (text === null) return null;
  const rows = path.endsWith('.csv') ? fromTable(text, path) : fromLines(text, path);
  if (rows.length === 0) throw new UserError(`${path}: found no prediction; allowed: at least one`);
  return rows;
}

function fromTable(text: string, path: string): StatedPrediction[] {
  let names: string[] = [];
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    const options = { bom: true, columns: (head: string[]) => (names = head), info: true };
    records = parse(text, { ...options, skip_empty_lines: true, trim: true }) as unknown as typeof records;
  } catch (error) {
    throw new UserError(`${path} is not a comma-separated table: ${(error as Error).message}`);
  }
  const classes = names.filter((name) => !columns.some((each) => each === name));
  const isWhole = names.includes('file') && names.includes('label') && classes.length >= 2;
  if (!isWhole) {
    const allowed =
      'file, label, one for each of two classes or more, and group and split where they are known';
    throw new UserError(`${path}:1: found the columns ${names.join(', ') || 'none'}; allowed: ${allowed}`);
  }
  return records.map(({ record, info }) => {
    const probabilities = classes.map((name) => [name, record[name] === '' ? null : Number(record[name])]);
    const stated = columns.filter((name) => names.includes(name)).map((name) => [name, record[name]]);
    return {
      line: info.lines,
      ...(Object.fromEntries(stated) as Pick<StatedPrediction, 'file' | 'label'>),
      probabilities: Object.fromEntries(probabilities) as unknown,
    };
  });
}

function fromLines(text: string, path: string): StatedPrediction[] {
  const keys = [...columns, 'probabilities'];
  return text.split('\n').flatMap((json, index) => {
    if (json.trim() === '') return [];
    const line = index + 1;
    let row: unknown;
    try {
      row = JSON.parse(json);
    } catch (error) {
      throw new UserError(`${path}:${line}: not JSON: ${(error as Error).message}`);
    }
    const isRow = typeof row === 'object' && row !== null && !Array.isArray(row);
    const unknown = isRow ? Object.keys(row as object).find((key) => !keys.includes(key)) : undefined;
    if (!isRow || unknown !== undefined) {
      const found = unknown === undefined ? show(row) : `the key ${unknown}`;
      throw new UserError(`${path}:${line}: found ${found}; allowed: an object with ${keys.join(', ')}`);
    }
    return [{ ...(row as StatedPrediction), line }];
  });
}
