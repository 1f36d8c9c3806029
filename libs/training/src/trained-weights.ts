import type { Weights } from '@thaw/compute';

/** The weights of the layers that train: the others are as they were. */
export function trainedWeights(trainable: ReadonlySet<string>, all: Weights): Weights {
  return new Map([...all].filter(([key]) => trainable.has(key.slice(0, key.lastIndexOf('/')))));
}

/** What training has made of weights, in the place of what they were. */
export function withTrained(initial: Weights, trained: Weights = new Map()): Weights {
  return new Map([...initial, ...trained]);
}
