/** Words for what was found, which need neither files nor native libraries. */
export { comparisonSentence } from './compare/comparison-sentence.ts';
export { accuracySentence, groupingSentence, sizeOf } from './results/sentences.ts';
