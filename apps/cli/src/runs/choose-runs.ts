import { UserError } from '@thaw/base';
import { filterRows, type RunRecord, type RunStore } from '@thaw/tracking';

export interface RunChoice {
  /** Ids, beginnings of them, or `latest`. */
  readonly runs: readonly string[];
  /** An expression over their columns. */
  readonly where: string | null;
}

/** The runs that are named, or those that an expression is true for, or both. A UserError when nothing is chosen. */
export async function chooseRuns(store: RunStore, { runs, where }: RunChoice): Promise<RunRecord[]> {
  if (runs.length === 0 && where === null) throw new UserError('say which runs: their ids, or --where');
  const named = new Set<string>();
  for (const query of runs) named.add((await store.run(query)).id);
  const { runs: all } = await store.runs();
  const chosen = runs.length === 0 ? all : all.filter(({ id }) => named.has(id));
  return runsWhere(store, chosen, where);
}

/** The runs that an expression over their columns is true for, all without one. A UserError, which says `among` what, when there is none. */
export async function runsWhere(
  store: RunStore,
  runs: readonly RunRecord[],
  where: string | null,
  among = '',
): Promise<RunRecord[]> {
  if (where === null) return [...runs];
  const fitting = new Set(filterRows(await store.rows(runs), where).map(({ id }) => id));
  if (fitting.size === 0) throw new UserError(`there is no run${among} for which this is true: ${where}`);
  return runs.filter(({ id }) => fitting.has(id));
}
