export { augment } from './augmentation/augment.ts';
export { drawAugmentation, type Draw } from './augmentation/draw-augmentation.ts';
export type { Dataset, ImageFile, SkippedFile } from './dataset.ts';
export { fetchBloodCells, type FetchDataOptions, type FetchedData } from './fetch-data.ts';
export { readPixels } from './images/read-pixels.ts';
export { findCrossings, type Crossing, type Split } from './leakage/crossings.ts';
export { findLeakage, findLeakages, type Leakage } from './leakage/find-leakage.ts';
export { loadDataset } from './load-dataset.ts';
export { synthesizeSmear } from './synthetic/synthesize-smear.ts';
