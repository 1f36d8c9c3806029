export type { Backbone, BackboneOptions, ImagenetWeights } from './backbone.ts';
export { withBackboneDefaults } from './backbone-defaults.ts';
export { backboneOf } from './backbone-of.ts';
export { backbones } from './backbones.ts';
export { buildModel, type Model } from './build-model.ts';
export { cutNetwork, type CutNetwork } from './cut-network.ts';
export { ensembleOf, type Ensemble } from './ensemble.ts';
export { foldHeadWeights } from './fold-head.ts';
export { loadDenseHead, type DenseLayer } from './formats/dense-head.ts';
export { encodeKerasArchive, kerasArchiveFiles } from './formats/keras/encode-keras-archive.ts';
export { encodeKerasHdf5 } from './formats/keras/encode-keras-hdf5.ts';
export { withPixelInput } from './formats/keras/keras-layers.ts';
export { encodeOnnxModel, onnxOutputs } from './formats/onnx.ts';
export { readSavedModel, type SavedModel } from './formats/saved-model.ts';
export { saveTensorflowJsModel } from './formats/tensorflow-js.ts';
export { loadTensorflowJsWeights } from './formats/tensorflow-js-weights.ts';
export { initializeWeights } from './initialize-weights.ts';
export { behindGraph } from './onnx-backbone/behind-graph.ts';
export { fixedImageSize } from './onnx-backbone/fixed-image-size.ts';
export { modelProblems, unfreezeProblems } from './model-problems.ts';
export { multiplyAdds } from './multiply-adds.ts';
export { scalingWords, type PixelScaling, type Scaling } from './pixel-scaling.ts';
export { readModel } from './read-model.ts';
export { outputShapes, weightShapes } from './shapes.ts';
export { fetchImagenetWeights, type FetchWeightsOptions } from './weights/fetch-weights.ts';
export { hasImagenetWeights, usualWeights } from './weights/has-imagenet-weights.ts';
export { hashWeights } from './weights/hash-weights.ts';
export { batchNormNote, hasFoldedBatchNorm, withBatchNorm } from './weights/folded-batch-norm.ts';
export {
  loadBackboneWeights,
  type LoadedWeights,
  type LoadWeightsOptions,
} from './weights/load-backbone-weights.ts';
