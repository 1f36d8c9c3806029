/** What happens to gradients and weights beside an optimiser's own rule, in Keras's words and order. Nothing of what is left out. */
export interface UpdateOptions {
  /** By layer: what its learning rate is, times that of a step; 1 for layers that are not named. */
  readonly learningRateFactors?: ReadonlyMap<string, number>;
  /** Weights move once in so many steps, by the mean of the steps' gradients and at the learning rate of the last of them. */
  readonly accumulationSteps?: number;
  /** By `<layer>/<weight>`: what times the sum of its squares adds to the loss, as Keras's L2; weights that do not train have none. */
  readonly penalties?: ReadonlyMap<string, number>;
  /** Norm that no weight's gradient exceeds; 0 for none. Of the three ways to clip gradients one at most. */
  readonly clipnorm?: number;
  /** Norm that all gradients together do not exceed. */
  readonly globalClipnorm?: number;
  /** What no value of a gradient exceeds. */
  readonly clipvalue?: number;
  /**
   * Decoupled weight decay, whatever the optimiser: before its rule every weight that trains, biases and batch normalisation
   * included, loses this share of itself times the learning rate of the step (Loshchilov and Hutter 2019).
   */
  readonly weightDecay?: number;
  /** Regular expressions: weights in whose `<layer>/<weight>` one of them is found do not decay. */
  readonly weightDecayExclude?: readonly string[];
  /** Momentum of an exponential moving average of the weights that train, renewed whenever they move. */
  readonly emaMomentum?: number;
}

/** Whether gradients of several steps are gathered before weights move. */
export function gathersIn({ accumulationSteps = 1 }: UpdateOptions = {}): boolean {
  return accumulationSteps > 1;
}

/** What the learning rate of each of these weights is, times that of a step. */
export function rateFactorsOf(keys: readonly string[], { learningRateFactors }: UpdateOptions): number[] {
  return keys.map((key) => learningRateFactors?.get(key.slice(0, key.lastIndexOf('/'))) ?? 1);
}

/** The decay of each of these weights. */
export function decaysOf(
  keys: readonly string[],
  { weightDecay = 0, weightDecayExclude = [] }: UpdateOptions,
): number[] {
  const excluded = weightDecayExclude.map((source) => new RegExp(source, 'u'));
  return keys.map((key) => (excluded.some((each) => each.test(key)) ? 0 : weightDecay));
}
