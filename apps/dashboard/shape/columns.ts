import type { RunRow } from '@thaw/tracking';

const before = ['id', 'state'];
const after = ['val_accuracy', 'test_accuracy', 'gap', 'epochs', 'seconds', 'tags', 'note'];
/** Facts that differ between runs without telling them apart. */
const dull = new Set(['number', 'created', 'error', 'best_epoch', 'archived', 'sweep', 'program']);
const figures = new Set(['train_accuracy', 'train_loss', 'val_loss', 'test_loss']);
const mostUsual = 8;

/** All columns that some run has, those of the usual view first, then by name. */
export function allColumns(rows: readonly RunRow[]): string[] {
  const names = new Set<string>();
  for (const row of rows) for (const name in row) names.add(name);
  const first = [...before, ...after].filter((name) => names.has(name));
  return [...first, ...[...names].filter((name) => !first.includes(name)).sort()];
}

/** The columns that a table shows unless told otherwise: the settings that differ between its runs, and how they ended. */
export function usualColumns(rows: readonly RunRow[]): string[] {
  const usual = new Set([...before, ...after]);
  const varied = allColumns(rows).filter(
    (name) => !usual.has(name) && !dull.has(name) && !figures.has(name) && varies(rows, name),
  );
  return [...before, ...varied.slice(0, mostUsual), ...after];
}

function varies(rows: readonly RunRow[], name: string): boolean {
  const first = rows[0]?.[name] ?? null;
  return rows.some((row) => (row[name] ?? null) !== first);
}
