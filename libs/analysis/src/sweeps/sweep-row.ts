import { csvText, sum, type CsvValue } from '@thaw/base';
import { withValues, type TrialState } from '@thaw/experiment';
import { bestTrial } from '@thaw/search';
import type { SweepRecord } from '@thaw/tracking';

/** A sweep as `sweeps list` gives it; figures that are not there are null. */
export function sweepRow(sweep: SweepRecord) {
  const { id, name, state, method, metric, engine, planned, created, finished, seconds } = sweep;
  const best = bestTrial(withValues(sweep.trials, metric), metric.goal);
  const trials: Partial<Record<TrialState, number>> = {};
  for (const trial of sweep.trials) trials[trial.state] = (trials[trial.state] ?? 0) + 1;
  const { run = null, summary = null } = sweep.trials.find(({ number }) => number === best?.number) ?? {};
  const figure = (value: number | undefined) => (Number.isFinite(value) ? value! : null);
  return {
    ...{ id, name, state, method, metric, engine, created, finished, seconds, planned, trials },
    best: best && {
      trial: best.number,
      run,
      value: best.value,
      val_accuracy: figure(summary?.val_accuracy),
      test_accuracy: figure(summary?.test_accuracy),
      gap: figure(summary?.gap),
    },
  };
}

export type SweepRow = ReturnType<typeof sweepRow>;

/** Sweeps as comma-separated values, a row each, with the figures of their best trials. */
export function sweepTable(sweeps: readonly SweepRow[]): string {
  return csvText(
    Object.keys(csvColumns),
    sweeps.map((sweep) => Object.values(csvColumns).map((value) => value(sweep))),
  );
}

const csvColumns: Record<string, (sweep: SweepRow) => CsvValue> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  state: ({ state }) => state,
  method: ({ method }) => method,
  metric: ({ metric }) => metric.name,
  engine: ({ engine }) => engine,
  created: ({ created }) => created,
  finished: ({ finished }) => finished,
  seconds: ({ seconds }) => seconds,
  planned: ({ planned }) => planned,
  trials: ({ trials }) => sum(Object.values(trials)),
  finished_trials: ({ trials }) => trials.finished ?? 0,
  failed_trials: ({ trials }) => trials.failed ?? 0,
  best_trial: ({ best }) => best && best.trial,
  best_run: ({ best }) => best && best.run,
  best_value: ({ best }) => best && best.value,
  val_accuracy: ({ best }) => best && best.val_accuracy,
  test_accuracy: ({ best }) => best && best.test_accuracy,
  gap: ({ best }) => best && best.gap,
};
