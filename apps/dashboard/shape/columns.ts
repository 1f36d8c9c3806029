import type { RunRow, Value } from '@thaw/tracking';

const before = ['id', 'state', 'val_accuracy', 'test_accuracy', 'gap'];
const after = ['epochs', 'seconds', 'tags', 'note'];
/** Facts that differ between runs without telling them apart. */
const dull = new Set(['number', 'created', 'error', 'best_epoch', 'archived', 'sweep', 'program']);
/** Metrics, which are no settings. */
const isFigure = (name: string) => /^(train|val|test)_/.test(name);
const mostUsual = 8;
/** Of those that sweeps vary more have a place. */
const mostSwept = 16;

/** All columns that some run has, those of the usual view first, then by name. */
export function allColumns(rows: readonly RunRow[]): string[] {
  const names = new Set<string>();
  for (const row of rows) for (const name in row) names.add(name);
  const first = [...before, ...after].filter((name) => names.has(name));
  return [...first, ...[...names].filter((name) => !first.includes(name)).sort()];
}

/**
 * The columns that a table shows unless told otherwise: how its runs ended, then the settings that differ between them, those first
 * that their sweeps vary.
 */
export function usualColumns(rows: readonly RunRow[], swept: readonly string[] = []): string[] {
  const usual = new Set([...before, ...after]);
  const varied = allColumns(rows).filter(
    (name) => !usual.has(name) && !dull.has(name) && !isFigure(name) && varies(rows, name),
  );
  // A parameter may name a whole section.
  const isOf = (path: string) => (name: string) => name === path || name.startsWith(`${path}.`);
  const first = new Set(swept.flatMap((path) => varied.filter(isOf(path))));
  const ordered = [...new Set([...first, ...varied])];
  return [...before, ...ordered.slice(0, Math.max(mostUsual, Math.min(mostSwept, first.size))), ...after];
}

/** Among the runs that have it: imported ones have no settings. */
function varies(rows: readonly RunRow[], name: string): boolean {
  const first = rows.find((row) => isSet(row[name]))?.[name];
  return rows.some((row) => isSet(row[name]) && row[name] !== first);
}

function isSet(value: Value | undefined): boolean {
  return value !== null && value !== undefined;
}
