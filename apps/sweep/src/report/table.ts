import Table from 'cli-table3';

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

/**
 * Text of a table, without a line break at its end: with lines around it on a terminal that is wide enough, otherwise in
 * columns parted by two spaces.
 */
export function renderTable(options: TableOptions): string {
  const { columns } = options;
  if (columns !== null) {
    const boxed = draw(options, true);
    if (boxed.indexOf('\n') <= columns) return boxed;
  }
  return draw(options, false);
}

function draw({ head, rows, aligns = [] }: TableOptions, boxed: boolean): string {
  const table = new Table({
    head: head.map(toCell) as string[],
    colAligns: [...aligns],
    ...(boxed ? {} : { chars: { ...noLines, middle: '  ' } }),
    style: boxed
      ? { head: [], border: [], compact: true }
      : { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) table.push(row.map(toCell));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function toCell(cell: Cell): Table.Cell {
  return typeof cell === 'string' ? cell : { ...cell, hAlign: 'center' };
}
