import { isComplete } from '@thaw/experiment';
import type { RunRecord } from './records/run-record.ts';
import type { StoredSweep, StoredTrial, SweepRecord, TrialRecord } from './records/sweep-record.ts';
import { byAge } from './files/by-age.ts';

/** What of a run its sweep needs to know. */
export type ReconciledRun = Pick<
  RunRecord,
  'id' | 'sweep' | 'number' | 'state' | 'parameters' | 'created' | 'seconds' | 'summary' | 'error'
>;

/**
 * Joins a sweep with its runs. Two processes write about a trial, and either can be killed between two writes; so each
 * fact has one place:
 *
 * - which trials there are, with their parameters: `sweep.json`. A run of the sweep with a number that `sweep.json` does
 *   not know yet is a trial all the same;
 * - a trial's run: the one that has come to its end (finished or pruned), else the one that `sweep.json` names, else the newest;
 *   among the runs that name this sweep and number, without those of failed attempts;
 * - its state, summary and seconds: its `run.json`, which the trial's own process writes before the sweep hears of it;
 * - its error: `run.json`; for a trial whose process could not write one any more, `sweep.json`, and it counts as failed.
 *
 * A trial with neither run nor error is running as long as the session that began it, then interrupted. `sweep` and `runs` come with the
 * state that takes dead owners into account; `runs` are all runs that name this sweep.
 */
export function reconcile(sweep: StoredSweep, runs: readonly ReconciledRun[]): SweepRecord {
  const record: Partial<StoredSweep> = { ...sweep };
  delete record.journal;
  const known = new Set(sweep.trials.map((trial) => trial.number));
  const trials: StoredTrial[] = [...sweep.trials];
  for (const run of runs) {
    if (known.has(run.number)) continue;
    known.add(run.number);
    trials.push({
      number: run.number,
      run: null,
      parameters: run.parameters,
      error: null,
      attempts: [],
      interrupted: false,
    });
  }
  const runsOf = new Map<number, ReconciledRun[]>();
  for (const run of runs.toSorted(byAge)) runsOf.set(run.number, [...(runsOf.get(run.number) ?? []), run]);
  return {
    ...(record as Omit<StoredSweep, 'journal'>),
    trials: trials
      .sort((a, b) => a.number - b.number)
      .map((trial) => joinTrial(trial, sweep, runOf(trial, runsOf.get(trial.number) ?? []))),
  };
}

function joinTrial(
  trial: StoredTrial,
  sweep: Pick<StoredSweep, 'state'>,
  run: ReconciledRun | undefined,
): TrialRecord {
  if (run === undefined) return withoutRun(trial, sweep);
  const diedSilently = trial.error !== null && (run.state === 'interrupted' || run.state === 'running');
  return {
    number: trial.number,
    parameters: trial.parameters,
    run: run.id,
    state: diedSilently ? 'failed' : run.state,
    seconds: run.seconds,
    summary: run.summary,
    error: diedSilently ? trial.error : run.error,
    attempts: trial.attempts,
  };
}

/** `runs`: those of this trial's number, the oldest first. */
function runOf(
  { run: named, attempts }: StoredTrial,
  runs: readonly ReconciledRun[],
): ReconciledRun | undefined {
  const open = runs.filter(({ id }) => !attempts.some(({ run }) => run === id));
  const complete = open.find(({ state }) => isComplete(state));
  return complete ?? (named === null ? open.at(-1) : open.find(({ id }) => id === named));
}

function withoutRun(trial: StoredTrial, sweep: Pick<StoredSweep, 'state'>): TrialRecord {
  const { interrupted, ...known } = trial;
  const rest = { ...known, seconds: null, summary: null };
  if (trial.error !== null) return { ...rest, state: 'failed' };
  if (trial.run !== null) {
    return { ...rest, state: 'failed', error: `the record of run ${trial.run} is missing or damaged` };
  }
  return { ...rest, state: sweep.state === 'running' && !interrupted ? 'running' : 'interrupted' };
}

/** What a sweep's record keeps when another session takes it over. */
export function forNextSession(trials: readonly TrialRecord[]): StoredTrial[] {
  return trials.map(({ number, run, parameters, error, attempts, state }) => ({
    number,
    run,
    parameters,
    error,
    attempts,
    interrupted: run === null && state === 'interrupted',
  }));
}
