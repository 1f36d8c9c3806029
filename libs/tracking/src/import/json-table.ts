import type { Table } from './table.ts';

/** A table of JSON, with values of any kind. */
export interface JsonTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** An object of JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * The table that JSON has: rows or columns, or what `DataFrame.to_json` writes by any `orient` but `values`, which has no names. Objects by
 * names are columns, unless they are counted. Null where it has none, or lists of several lengths.
 */
export function tableOfJson(data: unknown): JsonTable | null {
  if (isRows(data)) return tableOfRows(data);
  if (!isFields(data)) return null;
  const { columns, data: inner } = data;
  if (Array.isArray(columns) && Array.isArray(inner)) return tableOfSplit(columns, inner, data['index']);
  if ('schema' in data && isRows(inner)) return withIndex(tableOfRows(inner));
  const entries = Object.entries(data);
  const values = entries.map(([, value]) => value);
  if (values.length === 0) return null;
  if (values.every((value) => Array.isArray(value))) return tableOfColumns(entries as [string, unknown[]][]);
  if (!values.every(isFields)) return null;
  if (isCount(Object.keys(data))) return tableOfRows(values);
  const names = Object.keys(values[0]!);
  if (!values.every((value) => sameTexts(Object.keys(value), names))) return null;
  const lists = entries.map(
    ([name, column]) => [name, Object.values(column as Fields)] as [string, unknown[]],
  );
  return tableOfColumns(isCount(names) ? lists : [['', names], ...lists]);
}

/** The table of objects by names as rows, as `orient="index"` writes what was sorted, drawn or named. Null for something else. */
export function tableOfNamedRows(data: unknown): JsonTable | null {
  const objects: readonly unknown[] = isFields(data) ? Object.values(data) : [];
  if (!isRows(objects) || !objects.every((row) => Object.values(row).every(isCell))) return null;
  const names = Object.keys(data as Fields);
  const { columns, rows } = tableOfRows(objects);
  return { columns: ['', ...columns], rows: rows.map((row, i) => [names[i], ...row]) };
}

/** The same in texts, as a CSV of Python's has them. */
export function asTexts({ columns, rows }: JsonTable): Table {
  return { columns, rows: rows.map((row, i) => ({ place: `row ${i + 1}`, values: row.map(textOf) })) };
}

/** A list a column. */
export function columnsOf({ columns, rows }: JsonTable): Record<string, unknown[]> {
  return Object.fromEntries(columns.map((name, at) => [name, rows.map((row) => row[at])]));
}

function tableOfRows(rows: readonly Fields[]): JsonTable {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { columns, rows: rows.map((row) => columns.map((name) => row[name])) };
}

function tableOfColumns(columns: readonly (readonly [string, readonly unknown[]])[]): JsonTable | null {
  const [, first] = columns[0]!;
  if (columns.some(([, values]) => values.length !== first.length)) return null;
  return {
    columns: columns.map(([name]) => name),
    rows: first.map((_, i) => columns.map(([, values]) => values[i])),
  };
}

/** `orient="split"`; an index of names comes first, as in a CSV. */
function tableOfSplit(
  columns: readonly unknown[],
  rows: readonly unknown[],
  index: unknown,
): JsonTable | null {
  if (!rows.every((row): row is unknown[] => Array.isArray(row) && row.length === columns.length))
    return null;
  const names = columns.map(String);
  const isNamed = Array.isArray(index) && index.length === rows.length && !isCount(index.map(String));
  return isNamed
    ? { columns: ['', ...names], rows: rows.map((row, i) => [index[i], ...row]) }
    : { columns: names, rows };
}

/** `orient="table"` has the index as a column of this name. */
function withIndex({ columns, rows }: JsonTable): JsonTable {
  return { columns: columns.map((name) => (name === 'index' ? '' : name)), rows };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRows(value: unknown): value is readonly Fields[] {
  return Array.isArray(value) && value.length > 0 && value.every(isFields);
}

/** Whether a value is a text, a number, a truth value or null, or a list or an object of such. */
function isCell(value: unknown): boolean {
  const isPlain = (each: unknown) => typeof each !== 'object' || each === null;
  return isPlain(value) || Object.values(value as object).every(isPlain);
}

/** Whether texts are 0, 1, 2, ... */
function isCount(texts: readonly string[]): boolean {
  return texts.every((text, i) => text === String(i));
}

function sameTexts(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((text, i) => text === others[i]);
}
