export type {
  Engine,
  OptimizerState,
  Predictor,
  PredictorOptions,
  StepMemoryOptions,
  Trainer,
  TrainerOptions,
} from './engine.ts';
export { devices, engineNames, type Device, type EngineName, type EngineOptions } from './engine-options.ts';
export { chooseEngine, createEngine, type EngineChoice } from './engines.ts';
export { buildInferenceGraph, type InferenceGraphOptions } from './engines/onnx/inference-graph.ts';
export { readOnnxHeader, type OnnxHeader } from './engines/onnx/file/read-onnx-file.ts';
export { reviseOnnx, type OnnxRevision } from './engines/onnx/revise-onnx.ts';
export { OnnxModel } from './engines/onnx/onnx-model.ts';
export { buildTensorflow, MissingForBuild } from './engines/tensorflow/build-tensorflow.ts';
export { builtPackageFolder } from './engines/tensorflow/native-packages.ts';
export type { Layer, Network, Weights } from './network.ts';
export { mapOf, type OnnxBackbone } from './onnx-backbone.ts';
export { adam, lion, rmsprop, sgd, type Optimizer } from './optimizer.ts';
export { OutOfMemory } from './out-of-memory.ts';
export { sizeOf, tensor, type Tensor } from './tensor.ts';
export type { UpdateOptions } from './update-options.ts';
