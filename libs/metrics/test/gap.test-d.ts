/** What the types of the gap promise; the compiler checks them (`npx tsc -p tsconfig.json`), nothing runs. */
import { expectTypeOf } from 'vitest';
import {
  generalisationGap,
  metrics,
  pairedDifference,
  type GapFigures,
  type Interval,
  type Predictions,
} from '../src/index.ts';

const predictions = (): Predictions => ({
  labels: new Int32Array([0, 1]),
  probabilities: [new Float32Array([0.6, 0.4]), [0.2, 0.8]],
  groups: null,
});

// Predictions are lists or typed arrays, with groups that are said to be unknown.
expectTypeOf(generalisationGap).toBeCallableWith(predictions(), predictions(), ['a', 'b']);
// @ts-expect-error groups are named or null, never left out
generalisationGap({ labels: [0], probabilities: [[1]] }, predictions(), ['a']);

// A gap has a value, and an interval that may not be known.
expectTypeOf<GapFigures['overall']['gap']['ci95']>().toEqualTypeOf<Interval | null>();
expectTypeOf<GapFigures['per_class'][number]['gap']['recall']>().toEqualTypeOf<number | null>();

// What is measured is known by name.
expectTypeOf(metrics).toHaveProperty('accuracy');
expectTypeOf(pairedDifference).toBeFunction();
