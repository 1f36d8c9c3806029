import { printedName } from '@thaw/base';
import Table from 'cli-table3';
import stringWidth from 'string-width';

export type Align = 'left' | 'right';

/** A cell, or one that spans several columns (centred, for headings over groups of columns). */
export type Cell = string | { readonly content: string; readonly colSpan: number };

export interface TableOptions {
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
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

/** How many rows the library is given at once: its layout takes a time that grows with their square. */
const rowsAtOnce = 100;

/**
 * Text of a table, without a line break at its end: with lines around it on a terminal that is wide enough, otherwise in
 * columns parted by two spaces.
 */
export function renderTable({ head: heads, rows: all, aligns = [], columns }: TableOptions): string {
  const [head, ...rows] = [heads, ...all].map((row) => row.map(onOneLine)) as [Cell[], ...Cell[][]];
  const widest = widestRow(head, rows);
  const boxed = columns !== null && layOut({ head, rows: [widest], aligns }, true)[0]!.length <= columns;
  const edge = boxed ? 1 : 0;
  const above = 1 + 2 * edge;
  const lines: string[] = [];
  for (let from = 0; from === 0 || from < rows.length; from += rowsAtOnce) {
    // With the widest cells at its end every part has the widths of the whole.
    const part = [...rows.slice(from, from + rowsAtOnce), widest];
    const drawn = layOut({ head, rows: part, aligns }, boxed);
    const isLast = from + rowsAtOnce >= rows.length;
    lines.push(
      ...drawn.slice(from === 0 ? 0 : above, -1 - edge),
      ...(isLast && boxed ? drawn.slice(-1) : []),
    );
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** For each column a text of one line that is as wide as its widest cell; what spans several columns does not count. */
function widestRow(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string[] {
  const widths: number[] = [];
  for (const row of [head, ...rows]) {
    let column = 0;
    for (const cell of row) {
      const width = typeof cell === 'string' ? stringWidth(cell) : 0;
      widths[column] = Math.max(widths[column] ?? 0, width);
      column += typeof cell === 'string' ? 1 : cell.colSpan;
    }
  }
  return Array.from(widths, (width = 0) => '-'.repeat(width));
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
