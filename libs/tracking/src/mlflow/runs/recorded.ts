import { isoTime } from '@thaw/base';
import { metricNames, metricPart, type Summary } from '@thaw/experiment';
import { figureColumn, parametersBeside } from '../../records/own-columns.ts';
import type { RunRecord } from '../../records/run-record.ts';
import type { RunStatus } from './journal.ts';
import type { LoggedState } from './logged-state.ts';

const states: Readonly<Record<RunStatus, RunRecord['state']>> = {
  RUNNING: 'running',
  SCHEDULED: 'running',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'interrupted',
};

/** What the run's record says of a state. `now` ends a run whose client names no time, or in a journal of before one that no record can hold. */
export function recordedPart(
  state: LoggedState,
  experiment: string,
  now: Date,
): Pick<
  RunRecord,
  'state' | 'parameters' | 'summary' | 'classes' | 'error' | 'finished' | 'seconds' | 'logged'
> {
  const recorded = states[state.status];
  const told = state.endTime !== null && isoTime(state.endTime) !== null ? state.endTime : null;
  const ended = recorded === 'running' ? null : (told ?? now.getTime());
  const summary = loggedSummary(state);
  return {
    state: recorded,
    parameters: parametersBeside(
      Object.keys(summary),
      [...state.params].map(([key, value]) => [key, parameterOf(value)]),
    ),
    summary,
    classes: [...state.predicted.values()].at(-1)?.classes ?? null,
    error: recorded === 'failed' ? 'the program that logs this run says that it failed' : null,
    finished: ended === null ? null : isoTime(ended),
    seconds: ended === null ? null : (ended - state.startTime) / 1000,
    logged: { experiment_id: state.experimentId, experiment, name: state.name },
  };
}

/**
 * The latest value of each metric as a run's summary: `loss`, `train/loss` and `acc` as Thaw calls them, others under their own
 * names. `epochs` counts the steps that have a metric. What is not known is NaN.
 */
function loggedSummary({ latest, steps, predicted }: LoggedState): Summary {
  const figures: Record<string, number> = {};
  for (const { key, value } of latest.values()) {
    if (key.startsWith('system/')) continue;
    const { part, metric, named } = metricPart(key);
    const known = named || (metricNames as readonly string[]).includes(metric);
    const name = known ? `${part}_${metric}` : key;
    figures[figureColumn(name)] = value;
  }
  // Of the network that was kept, where metrics are of the last epoch.
  for (const split of predicted.values()) Object.assign(figures, split.figures);
  const none = ['train', 'val', 'test'].flatMap((part) => [`${part}_accuracy`, `${part}_loss`]);
  return {
    ...Object.fromEntries(none.map((name) => [name, Number.NaN])),
    best_epoch: Number.NaN,
    gap: (figures['val_accuracy'] ?? Number.NaN) - (figures['test_accuracy'] ?? Number.NaN),
    ...figures,
    epochs: steps.size,
  } as unknown as Summary;
}

/** MLflow's parameters are texts; those that are numbers are compared as such. */
function parameterOf(text: string): string | number {
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}
