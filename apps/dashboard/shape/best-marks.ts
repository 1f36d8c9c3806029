import type { RunRow } from '@thaw/tracking';
import type { SweepSummary } from '../api/operations/sweeps.ts';

/** What a run is among those of its sweep, by the sweep's metric. */
export type Mark = 'best' | 'as good as the best';

type Judged = Pick<SweepSummary, 'id'> & {
  readonly best: Pick<NonNullable<SweepSummary['best']>, 'run' | 'ties'> | null;
};

/** The best run of each sweep, and those that tie with it, by their ids. */
export function bestMarks(sweeps: readonly Judged[], rows: readonly RunRow[]): ReadonlyMap<string, Mark> {
  const bestOf = new Map(
    sweeps.map(({ id, best }) => [id, best && { run: best.run, ties: new Set(best.ties) }]),
  );
  const marks = new Map<string, Mark>();
  for (const { id, sweep, number, state } of rows) {
    const best = bestOf.get(String(sweep));
    if (!best) continue;
    if (id === best.run) marks.set(id, 'best');
    else if (state === 'finished' && best.ties.has(number as number)) marks.set(id, 'as good as the best');
  }
  return marks;
}

const mostNamed = 5;

/** Which trials are as good as the best; null where none is. */
export function tiesText(ties: readonly number[]): string | null {
  if (ties.length === 0) return null;
  const named = ties.slice(0, mostNamed).join(', ');
  const more = ties.length > mostNamed ? ` and ${(ties.length - mostNamed).toLocaleString('en')} more` : '';
  return `${ties.length === 1 ? 'Trial' : 'Trials'} ${named}${more} ${ties.length === 1 ? 'is' : 'are'} as good; of equals the first counts as the best.`;
}
