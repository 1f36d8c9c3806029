import type { RunRow } from '@thaw/tracking';

/** Whether all, some or none of the runs that are shown are selected; of no runs none are. */
export function howMany(shown: readonly string[], selected: ReadonlySet<string>): 'all' | 'some' | 'none' {
  const count = shown.filter((id) => selected.has(id)).length;
  return count === 0 ? 'none' : count === shown.length ? 'all' : 'some';
}

/** Takes the runs that are shown out of a selection, or where none of them is in it, adds them; others stay as they are. */
export function withShown(shown: readonly string[], selected: ReadonlySet<string>): ReadonlySet<string> {
  if (howMany(shown, selected) === 'none') return new Set([...selected, ...shown]);
  const others = new Set(selected);
  for (const id of shown) others.delete(id);
  return others;
}

/** What a press on Archive does: it archives those that are not archived yet, or where all are, brings them back. */
export function archiveChange(runs: readonly RunRow[]): {
  readonly archived: boolean;
  readonly ids: string[];
} {
  const isArchived = (row: RunRow) => row['archived'] === true;
  const archived = !runs.every(isArchived);
  return { archived, ids: runs.filter((row) => isArchived(row) !== archived).map(({ id }) => id) };
}
