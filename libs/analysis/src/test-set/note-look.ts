import { sum } from '@thaw/base';
import { withValues } from '@thaw/experiment';
import type { OpeningRecord, RunStore, SweepRecord } from '@thaw/tracking';
import type { ChosenRun } from '../gap/choose-run.ts';
import { countTested } from './test-sentences.ts';

/**
 * How often the test images of a sweep were looked at for other sweeps of the store: once for each trial that was evaluated on them and
 * each opening. Sweeps of before have not kept which images these are, and do not count.
 */
export async function looksElsewhere(
  store: Pick<RunStore, 'sweeps'>,
  { id, test_sets: own }: Pick<SweepRecord, 'id' | 'test_sets'>,
): Promise<number> {
  if (own.length === 0) return 0;
  const { sweeps } = await store.sweeps();
  const others = sweeps.filter((each) => each.id !== id && each.test_sets.some((set) => own.includes(set)));
  return sum(others.map(looksOf));
}

function looksOf({ test, trials, openings }: SweepRecord): number {
  return openings.length + (test === 'each' ? countTested(trials) : 0);
}

/** Notes with a sweep that has ended that a trial's network is about to be evaluated on its test images. */
export async function noteLook(
  store: Pick<RunStore, 'sweeps' | 'noteOpening'>,
  sweep: SweepRecord,
  run: ChosenRun['run'],
  { now, ...how }: Pick<OpeningRecord, 'why' | 'forecast'> & { readonly now: Date },
): Promise<void> {
  const { id, metric, trials } = sweep;
  const finished = withValues(trials, metric).filter(({ state }) => state === 'finished');
  await store.noteOpening(id, {
    at: now.toISOString(),
    ...how,
    trial: run.number,
    run: run.id,
    metric: metric.name,
    value: finished.find(({ number }) => number === run.number)?.value ?? null,
    trials: finished.length,
    looks_elsewhere: await looksElsewhere(store, sweep),
  });
}
