import type { Layer } from '@thaw/compute';

/** The classifier's layers, from features to probabilities. */
export const headLayers = ['dense', 'predictions'] as const;

/** Dense(units, relu) and Dense(classes, softmax) on the tensor named. */
export function buildHead(input: string, units: number, classes: number): Layer[] {
  const [hidden, output] = headLayers;
  return [
    { type: 'Dense', name: hidden, inputs: [input], units, activation: 'relu' },
    { type: 'Dense', name: output, inputs: [hidden], units: classes, activation: 'softmax' },
  ];
}
