export { augment } from './augmentation/augment.ts';
export { drawAugmentation, type Draw } from './augmentation/draw-augmentation.ts';
export { symmetriesOf, viewBySymmetry, type Symmetry } from './augmentation/symmetries.ts';
export type { Dataset, ImageFile, SkippedFile } from './dataset.ts';
export { detectGroups } from './duplicates/detect-groups.ts';
export type { DetectedGroups, DetectionPhase } from './duplicates/detected-groups.ts';
export { fetchBloodCells, type FetchDataOptions, type FetchedData } from './fetch-data.ts';
export { decodeUntrusted } from './images/decode-untrusted.ts';
export { imageFormats } from './images/formats/image-format.ts';
export { ImageRefused, type ImageLimits } from './images/image-refused.ts';
export type { ValueRange } from './images/deep-image.ts';
export type { RgbImage } from './images/rgb-image.ts';
export { decoderVersion } from './images/decode.ts';
export { sharp } from './images/sharp.ts';
export { PixelReader } from './images/pixel-reader.ts';
export { drawPicture } from './images/draw-picture.ts';
export { readPixels } from './images/read-pixels.ts';
export { resizeImage } from './images/resize/resize-image.ts';
export { resizers } from './images/resize/resizers.ts';
export { resizingOf, type Resizing } from './images/resizing.ts';
export { drawImageGrid, type GridRow } from './contact-sheets/draw-image-grid.ts';
export {
  drawContactSheet,
  imagesPerRow,
  type SheetImage,
  type SheetRow,
} from './contact-sheets/draw-contact-sheet.ts';
export { byGroup } from './leakage/by-group.ts';
export { byScene } from './leakage/by-scene.ts';
export { dominantGroups, type DominantGroup } from './leakage/dominant-groups.ts';
export { dominantAdvice, dominantWords } from './leakage/dominant-words.ts';
export { findCrossings, groupsInBoth, type Crossing, type Split } from './leakage/crossings.ts';
export { asTrained, foldCrossings } from './leakage/fold-crossings.ts';
export {
  findFolderLeakage,
  kerasParts,
  type FolderLeakage,
  type GroupedFolderImage,
} from './leakage/find-folder-leakage.ts';
export { findLeakage, findLeakages, type Leakage } from './leakage/find-leakage.ts';
export { hasGroups, withGroups } from './leakage/with-groups.ts';
export { mixedLabels, type MixedGroup } from './leakage/mixed-labels.ts';
export { readFolder, requireFolder, type FolderImages, type FolderSettings } from './leakage/read-folder.ts';
export { byCodePoint, hasImageExtension } from './layouts/file-names.ts';
export { detectLayout } from './layouts/detect-layout.ts';
export { findImageFolders, type FoundDataset } from './layouts/find-image-folders.ts';
export { listFolder } from './layouts/list-folder.ts';
export { loadDataset } from './load-dataset.ts';
export { asDealt } from './splits/as-dealt.ts';
export { foldFiles } from './splits/fold-files.ts';
export { foldDatasets, trainingImagesOf } from './splits/fold-datasets.ts';
export { withParts } from './splits/with-parts.ts';
export { testSetHash } from './test-set-hash.ts';
export { synthesizeSmear } from './synthetic/synthesize-smear.ts';
