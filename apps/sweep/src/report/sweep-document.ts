import type { ParameterValues } from '@thaw/experiment';
import type { Summary, TrialState } from '@thaw/tracking';

/** One trial as `sweep --output` gives it; `run` is null for a trial that died before it had a record. */
export interface TrialDocument {
  readonly number: number;
  readonly run: string | null;
  readonly state: TrialState;
  readonly parameters: ParameterValues;
  readonly seconds: number | null;
  readonly error: string | null;
  readonly summary: Summary | null;
}

/** The document of `sweep --output`. `best` is a trial's number. */
export interface SweepDocument {
  readonly sweep: string;
  readonly name: string;
  readonly state: string;
  readonly engine: string;
  readonly seconds: number;
  readonly best: number | null;
  readonly trials: readonly TrialDocument[];
}
