export { augment } from './augmentation/augment.ts';
export { drawAugmentation, type Draw } from './augmentation/draw-augmentation.ts';
export type { Dataset, ImageFile, SkippedFile } from './dataset.ts';
export { fetchBloodCells, type FetchDataOptions, type FetchedData } from './fetch-data.ts';
export { readPixels } from './images/read-pixels.ts';
export { layouts } from './layouts/layouts.ts';
export { loadDataset } from './load-dataset.ts';
export { splits } from './splits/splits.ts';
export { synthesizeSmear } from './synthetic/synthesize-smear.ts';
