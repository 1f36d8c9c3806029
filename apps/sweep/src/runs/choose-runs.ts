import { UserError } from '@thaw/base';
import { filterRows, type RunRow, type Store } from '@thaw/tracking';

export interface RunChoice {
  /** Ids, beginnings of them, or `latest`. */
  readonly runs: readonly string[];
  /** An expression over their columns. */
  readonly where: string | null;
}

/** Every run as a row of columns, oldest first. */
export async function runRows(store: Store): Promise<readonly RunRow[]> {
  const index = store.index();
  await index.refresh();
  return index.changes(0).rows;
}

/** The runs that are named, or those that an expression is true for, or both. A UserError when nothing is chosen. */
export async function chooseRuns(store: Store, { runs, where }: RunChoice): Promise<RunRow[]> {
  if (runs.length === 0 && where === null) throw new UserError('say which runs: their ids, or --where');
  const named = new Set<string>();
  for (const query of runs) named.add((await store.run(query)).id);
  const rows = (await runRows(store)).filter(({ id }) => runs.length === 0 || named.has(id));
  const chosen = where === null ? [...rows] : filterRows(rows, where);
  if (chosen.length === 0) throw new UserError(`there is no run for which this is true: ${where}`);
  return chosen;
}
