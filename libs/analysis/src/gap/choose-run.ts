import { UserError } from '@thaw/base';
import { withValues, type Summary } from '@thaw/experiment';
import { bestTrial } from '@thaw/search';
import type { RunRecord, RunStore, SweepRecord } from '@thaw/tracking';

type FinishedRun = RunRecord & { readonly classes: string[]; readonly summary: Summary };

/** The run whose gap is asked for, and the sweep that it was part of. */
export interface ChosenRun {
  readonly run: FinishedRun;
  /** Null for a run of its own, or when its sweep is gone. */
  readonly sweep: SweepRecord | null;
  /** Whether the run is the one that its sweep's metric chooses. */
  readonly isBest: boolean;
}

/** Finds the run, or the best run of a sweep by the sweep's metric. A UserError where there is none that has finished. */
export async function chooseRun(
  store: Pick<RunStore, 'run' | 'sweep'>,
  query: { readonly run: string | null; readonly sweep: string | null },
): Promise<ChosenRun> {
  if (query.sweep !== null) {
    const sweep = await store.sweep(query.sweep);
    const best = bestRun(sweep);
    if (best === null) {
      const what = sweep.state === 'running' ? 'has no finished trial yet' : 'has no finished trial';
      throw new UserError(`sweep ${sweep.id} (${sweep.state}) ${what}, so there is no best one`, {
        kind: 'conflict',
      });
    }
    return { run: finished(await store.run(best)), sweep, isBest: true };
  }
  const run = finished(await store.run(query.run!));
  const sweep = run.sweep === null ? null : await store.sweep(run.sweep).catch(ifGone);
  return { run, sweep, isBest: sweep !== null && bestRun(sweep) === run.id };
}

/** The id of the best finished trial's run; null without one. */
function bestRun({ trials, metric }: SweepRecord): string | null {
  const candidates = trials.filter(({ run }) => run !== null);
  return bestTrial(withValues(candidates, metric), metric.goal)?.run ?? null;
}

/** The record of a run that has predictions; a UserError that says why there are none. */
export function finished(run: RunRecord): FinishedRun {
  if (run.imported?.reports.validation || run.imported?.reports.test) {
    throw new UserError(
      `run ${run.id} was imported from ${run.imported.file} as figures, without predictions for single images. Intervals by photograph, ` +
        `confusion matrices, calibration, comparisons and what the gap is made of need them.`,
      { kind: 'conflict', remedy: { do: 'show run', run: run.id } },
    );
  }
  if (run.state === 'finished' && run.classes && run.summary) return run as FinishedRun;
  const why = {
    running: 'is still running; its predictions are written when it has finished',
    failed: `failed and has no predictions${run.error === null ? '' : ` (${run.error})`}`,
    interrupted: 'was interrupted and has no predictions',
    pruned: 'was stopped early, as others did better; choose a run that finished',
    finished: 'has no predictions',
  }[run.state];
  throw new UserError(`run ${run.id} ${why}`, { kind: 'conflict' });
}

function ifGone(error: unknown): null {
  if (error instanceof UserError) return null;
  throw error;
}
