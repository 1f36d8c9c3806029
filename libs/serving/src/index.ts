export { artifactFiles } from './artifact/artifact-files.ts';
export type { Preprocessing } from './artifact/preprocessing.ts';
export { preprocessingOf } from './artifact/preprocessing-of.ts';
export { writeArtifact, type Artifact } from './artifact/write-artifact.ts';
export type { CardFacts } from './card/card-facts.ts';
export { modelCard } from './card/model-card.ts';
export { gradCam } from './explain/grad-cam.ts';
export { Classifier } from './model/classifier.ts';
export { KeptOpen } from './model/kept-open.ts';
export { readImageFile } from './model/read-image-file.ts';
export { openClassifier, openModel, type OpenModel } from './model/open-model.ts';
export { nearestImages, unitLength, type NearImage } from './neighbours/nearest-images.ts';
export type { NeighbourImage, Neighbours } from './neighbours/neighbours.ts';
export { collectNeighbours } from './neighbours/collect-neighbours.ts';
export { explainImage, type ImageExplanation } from './explain/explain-image.ts';
export { RateLimit } from './limits/rate-limit.ts';
export { readNeighbours } from './neighbours/neighbour-files.ts';
export { inputWords, viewsWords } from './card/input-words.ts';
export {
  exportExtensions,
  exportFormats,
  exportInputs,
  type ExportFormat,
  type ExportInput,
} from './export/export-formats.ts';
export { exportFile, type ExportedFile, type ExportFileOptions } from './export/export-file.ts';
export { writeHuggingFaceFolder } from './export/write-hugging-face-folder.ts';
