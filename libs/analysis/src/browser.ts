/** Words for what was found, which need neither files nor native libraries. */
export { comparisonSentences } from './compare/comparison-sentences.ts';
export {
  curveKinds,
  curves,
  firstKind,
  type Curve,
  type CurveEpoch,
  type CurveOptions,
} from './curves/curves.ts';
export { smooth } from './curves/smooth.ts';
export { spriteColumns, spriteSide, spritesPerSheet } from './map/sprites.ts';
export { partNames } from './gap/part-names.ts';
export { noBestSentence } from './sweeps/no-best-sentence.ts';
export { accuracySentence, flatterySentences, groupingSentence, sizeOf } from './results/sentences.ts';
export { drawnTrials, variedParameters } from './sweeps/drawn-trials.ts';
