/** Weights that an optimiser moves, together with its state. */
export interface Updater {
  /** The weights as they are now; the same arrays always. */
  readonly weights: readonly Float32Array[];
  /**
   * Where the gradient of each is put for `update`, or added where several steps move the weights once; zeros at first and again after
   * such a move; the same arrays always.
   */
  readonly gradients: readonly Float32Array[];
  /** What the optimiser remembers of each, zeros at first; the same arrays always, and writing to them sets it. */
  readonly states: readonly (readonly Float32Array[])[];
  /** Moving averages of the weights, where there are any: zeros until they first move, and a part of the states. */
  readonly averages?: readonly Float32Array[];
  /** Takes the gradients of one step and moves all weights, or waits for more of them; `iteration` counts steps from 1. */
  update(learningRate: number, iteration: number): void;
}
