/** Weights that an optimiser moves, together with its state. */
export interface Updater {
  /** The weights as they are now; the same arrays always. */
  readonly weights: readonly Float32Array[];
  /** Where the gradient of each is put for `update`; the same arrays always. */
  readonly gradients: readonly Float32Array[];
  /** What the optimiser remembers of each, zeros at first; the same arrays always, and writing to them sets it. */
  readonly states: readonly (readonly Float32Array[])[];
  /** Moves all weights against their gradients; `iteration` counts from 1. */
  update(learningRate: number, iteration: number): void;
}
