/** What calling a promoted model takes that needs neither files nor native libraries. */
export { artifactFiles } from './artifact/artifact-files.ts';
export { inputViews, meanOfViews } from './artifact/input-views.ts';
export { inputOf, preprocessingSchema, type Preprocessing } from './artifact/preprocessing.ts';
export { explainSeen, type Explanation } from './explain/explain-seen.ts';
export { KeptOpen } from './model/kept-open.ts';
export type { NearImage } from './neighbours/nearest-images.ts';
export { neighbourFiles, parseNeighbours, type Neighbours } from './neighbours/neighbours.ts';
