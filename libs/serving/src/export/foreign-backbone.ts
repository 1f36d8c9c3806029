import { UserError } from '@thaw/base';

/** Why a model whose backbone is an ONNX file cannot be written otherwise than it is. */
export function foreignBackbone(model: string): UserError {
  return new UserError(
    `${model} has a backbone from an ONNX file, which is neither Keras's nor ours to change; allowed: format onnx, of float32 and with its own batch`,
    { kind: 'conflict' },
  );
}
