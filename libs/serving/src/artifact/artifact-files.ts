/** The files of a promoted model that Thaw itself reads again. */
export const artifactFiles = {
  /** TensorFlow.js; its weights are in `weights.bin` beside it. */
  tensorflowJs: 'model.json',
  tensorflowJsWeights: 'weights.bin',
  onnx: 'model.onnx',
  labels: 'labels.json',
  preprocessing: 'preprocessing.json',
  card: 'README.md',
} as const;
