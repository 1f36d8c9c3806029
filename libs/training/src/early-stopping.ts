import { metricGoal, type EarlyStopping, type EpochRecord } from '@thaw/experiment';

/** What has been seen so far, as plain values. */
export interface StopperState {
  readonly best: number | null;
  readonly wait: number;
  readonly kept: EpochRecord | null;
}

/**
 * Decides after each epoch whether to go on and whose weights to keep, as Keras's EarlyStopping: an epoch is better when it
 * beats the best by more than `min_delta`, and training ends when `patience` epochs in a row are not, though never after
 * the first. Epochs up to `from` are not looked at, as with Keras's `start_from_epoch`. Without `restore_best_weights` (or without early stopping) the last epoch's weights are kept. A monitored
 * value that is NaN is never better.
 */
export class EarlyStopper {
  readonly #options: EarlyStopping | false;
  readonly #from: number;
  #best: number | null;
  #wait: number;
  #kept: EpochRecord | null;

  /** `state` is that of a stopper that has seen the epochs before. */
  constructor(
    options: EarlyStopping | false,
    state: StopperState = { best: null, wait: 0, kept: null },
    from = 0,
  ) {
    this.#options = options;
    this.#from = from;
    this.#best = state.best;
    this.#wait = state.wait;
    this.#kept = state.kept;
  }

  get state(): StopperState {
    return { best: this.#best, wait: this.#wait, kept: this.#kept };
  }

  /** The epoch whose weights are the ones to keep so far; null before the first. */
  get kept(): EpochRecord | null {
    return this.#kept;
  }

  /** Takes the epochs in order; says whether to keep this epoch's weights and whether to stop. */
  update(record: EpochRecord): { keep: boolean; stop: boolean } {
    if (!this.#options || record.epoch <= this.#from) {
      this.#kept = record;
      return { keep: true, stop: false };
    }
    const { monitor, patience, restore_best_weights } = this.#options;
    const value = record[monitor] ?? Number.NaN;
    const better = this.#isBetter(value);
    this.#wait = better ? 0 : this.#wait + 1;
    if (better) this.#best = value;
    const keep = better || !restore_best_weights || this.#kept === null;
    if (keep) this.#kept = record;
    return { keep, stop: !better && this.#wait >= patience && record.epoch > 1 };
  }

  #isBetter(value: number): boolean {
    const { monitor, min_delta } = this.#options as EarlyStopping;
    if (this.#best === null) return !Number.isNaN(value);
    return metricGoal(monitor) === 'minimize'
      ? value < this.#best - min_delta
      : value > this.#best + min_delta;
  }
}
