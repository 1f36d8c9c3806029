import { type ParameterValues, type Summary, type TrialState, withValues } from '@thaw/experiment';
import { bestTrial } from '@thaw/search';
import type {
  FailedAttempt,
  ForecastRecord,
  LeakageRecord,
  OpeningRecord,
  SweepRecord,
} from '@thaw/tracking';

/** One trial as `sweep --output` gives it; `run` is null for a trial that died before it had a record. */
export interface TrialDocument {
  readonly number: number;
  readonly run: string | null;
  readonly state: TrialState;
  readonly parameters: ParameterValues;
  readonly seconds: number | null;
  readonly error: string | null;
  /** Earlier attempts that failed, with `--retry`. */
  readonly attempts: readonly FailedAttempt[];
  readonly summary: Summary | null;
}

/** The document of `sweep --output`. `best` is a trial's number. */
export interface SweepDocument {
  readonly sweep: string;
  readonly name: string;
  readonly state: SweepRecord['state'];
  readonly engine: string;
  readonly seconds: number | null;
  readonly best: number | null;
  readonly trials: readonly TrialDocument[];
  /** What validation and test share with training, for each data set and split of the sweep; null where nobody looked. */
  readonly leakage: readonly LeakageRecord[] | null;
  /** What the best trial is expected to reach, from training images alone; null without folds, and before the sweep has ended. */
  readonly forecast: ForecastRecord | null;
  /** Which trials are evaluated on the test set, and, where not each is, when it was looked at. */
  readonly test: SweepRecord['test'];
  readonly openings: readonly OpeningRecord[];
}

/** A sweep as the document has it, its best trial chosen by the experiment's metric among the finished ones. */
export function sweepDocument(sweep: SweepRecord): SweepDocument {
  return {
    sweep: sweep.id,
    name: sweep.name,
    state: sweep.state,
    engine: sweep.engine,
    seconds: sweep.seconds,
    best: bestTrial(withValues(sweep.trials, sweep.metric), sweep.metric.goal)?.number ?? null,
    trials: sweep.trials.map(({ number, run, state, parameters, seconds, error, attempts, summary }) => ({
      number,
      run,
      state,
      parameters,
      seconds,
      error,
      attempts,
      summary,
    })),
    leakage: sweep.leakage,
    forecast: sweep.forecast,
    test: sweep.test,
    openings: sweep.openings,
  };
}
