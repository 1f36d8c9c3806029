// Without the schema, for threads that say nothing of settings: reading zod takes most of the time that they start in.

export const scenarios = [
  'feature_extraction',
  'partial_unfreeze',
  'from_scratch',
  'full_fine_tune',
] as const;

/** Those that train from the first layer on. */
export const wholeTraining: readonly (typeof scenarios)[number][] = ['from_scratch', 'full_fine_tune'];

/** Those that train pretrained layers. */
export const fineTuning: readonly (typeof scenarios)[number][] = ['partial_unfreeze', 'full_fine_tune'];

/** The path of a network of another maker. */
export type OnnxPath = `${string}.onnx`;

export function isOnnxPath(backbone: string): backbone is OnnxPath {
  return backbone.endsWith('.onnx');
}
