import { printedName } from '@thaw/base';
import Table from 'cli-table3';
import stringWidth from 'string-width';

export type Align = 'left' | 'right';

/** A cell, or one that spans several columns (centred, for headings over groups of columns). */
export type Cell = string | { readonly content: string; readonly colSpan: number };

export interface TableOptions {
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly string[])[];
  /** One for each column; `left` when absent. */
  readonly aligns?: readonly Align[];
  /** Width of the terminal in characters; null for files and pipes. */
  readonly columns: number | null;
}

const noLines = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
  ].map((name) => [name, '']),
);

/**
 * Text of a table, without a line break at its end: with lines around it on a terminal that is wide enough, otherwise in
 * columns parted by two spaces.
 */
export function renderTable({ head: heads, rows: all, aligns = [], columns }: TableOptions): string {
  const head = heads.map(onOneLine);
  const rows = all.map((row) => row.map(printedName));
  const widest = widestRow(head, rows);
  const drawn = layOut({ head, rows: [widest], aligns }, true);
  const boxed = columns !== null && drawn[0]!.length <= columns;
  // The library lays out what is the same in every table; of thousands of rows it would take seconds.
  const lines = boxed ? drawn : layOut({ head, rows: [widest], aligns }, false);
  const at = boxed ? lines.length - 2 : lines.length - 1;
  const between = lines[at]!.split(/-+/);
  const widths = widest.map((dashes) => dashes.length);
  const body = rows.map((row) =>
    between
      .map((edge, i) => (i < widths.length ? edge + pad(row[i] ?? '', widths[i]!, aligns[i]) : edge))
      .join(''),
  );
  return [...lines.slice(0, at), ...body, ...lines.slice(at + 1)].map((line) => line.trimEnd()).join('\n');
}

function pad(text: string, width: number, align: Align = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? spaces + text : text + spaces;
}

/** In the places that a terminal gives it, which for plain letters is their number. */
function widthOf(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text);
}

/** For each column a text of one line that is as wide as its widest cell; what spans several columns does not count. */
function widestRow(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string[] {
  const widths: number[] = [];
  for (const row of [head, ...rows]) {
    let column = 0;
    for (const cell of row) {
      widths[column] = Math.max(widths[column] ?? 1, typeof cell === 'string' ? widthOf(cell) : 1);
      column += typeof cell === 'string' ? 1 : cell.colSpan;
    }
  }
  return Array.from(widths, (width = 1) => '-'.repeat(width));
}

/** What a cell holds may be a name with a line break in it. */
function onOneLine(cell: Cell): Cell {
  return typeof cell === 'string' ? printedName(cell) : { ...cell, content: printedName(cell.content) };
}

function layOut({ head, rows, aligns = [] }: Omit<TableOptions, 'columns'>, boxed: boolean): string[] {
  const table = new Table({
    head: head.map(toCell) as string[],
    colAligns: [...aligns],
    ...(boxed ? {} : { chars: { ...noLines, middle: '  ' } }),
    style: boxed
      ? { head: [], border: [], compact: true }
      : { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) table.push(row.map(toCell));
  return table.toString().split('\n');
}

function toCell(cell: Cell): Table.Cell {
  return typeof cell === 'string' ? cell : { ...cell, hAlign: 'center' };
}
