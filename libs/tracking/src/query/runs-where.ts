import { UserError } from '@thaw/base';
import type { RunRecord } from '../records/run-record.ts';
import type { RunStore } from '../run-store.ts';
import { filterRows } from './filter-rows.ts';

/** The runs that an expression over their columns is true for, all without one. A UserError, which says `among` what, when there is none. */
export async function runsWhere(
  store: Pick<RunStore, 'rows'>,
  runs: readonly RunRecord[],
  where: string | null,
  among = '',
): Promise<RunRecord[]> {
  if (where === null) return [...runs];
  const fitting = new Set(filterRows(await store.rows(runs), where).map(({ id }) => id));
  if (fitting.size === 0) throw new UserError(`there is no run${among} for which this is true: ${where}`);
  return runs.filter(({ id }) => fitting.has(id));
}
