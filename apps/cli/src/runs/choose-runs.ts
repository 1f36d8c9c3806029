import { UserError } from '@thaw/base';
import { runsWhere, type RunRecord, type RunStore } from '@thaw/tracking';

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
