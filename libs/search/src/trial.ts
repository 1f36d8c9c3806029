import type { ParameterValues, TrialState } from '@thaw/experiment';

/** One point of the search and what became of it; what a sampler may know. */
export interface Trial {
  /** Unique in its sweep, in the order of asking. */
  readonly number: number;
  readonly parameters: ParameterValues;
  readonly state: TrialState;
  /** The metric of the sweep; null as long as there is none. */
  readonly value: number | null;
}
