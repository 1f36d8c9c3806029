import type { ParameterValues, TrialState } from '@thaw/experiment';

/** One point of the search and what became of it; what samplers and pruners may know. `Values` are those of its parameters. */
export interface Trial<Values = ParameterValues> {
  /** Unique in its sweep, in the order of asking. */
  readonly number: number;
  readonly parameters: Values;
  readonly state: TrialState;
  /** The metric of the sweep; null as long as there is none. */
  readonly value: number | null;
  /** The metric after each epoch, from the first; absent where nobody needs it. */
  readonly reports?: readonly number[];
}

/**
 * The number of the trial that is asked for next: the least that no trial has. A process that was killed may have kept a trial
 * and not the one before it, which is then asked for again, as it was.
 */
export function nextNumber(trials: readonly Pick<Trial, 'number'>[]): number {
  const taken = new Set(trials.map(({ number }) => number));
  let number = 0;
  while (taken.has(number)) number++;
  return number;
}
