import type { StoreIndex, SweepRecord } from '@thaw/tracking';

/** The trials of a sweep that are not as they were at `since`, a version of the index; all for 0. */
export function changedTrials(index: StoreIndex, { trials }: SweepRecord, since: number) {
  const { rows, removed } = index.changes(since);
  const changed = new Set([...rows.map(({ id }) => id), ...removed]);
  return trials
    .filter(({ run }) => since === 0 || run === null || changed.has(run))
    .map(({ run, number, state, parameters, summary }) => {
      return { id: run ?? `trial ${number}`, number, state, parameters, summary };
    });
}
