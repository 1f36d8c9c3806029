import { UserError } from '@thaw/base';
import { readOnnxHeader, type OnnxHeader } from '@thaw/compute';
import { isOnnxPath } from '@thaw/experiment';

/** The side of the square images that a backbone takes alone; null where any will do, or where an ONNX file does not say. */
export function fixedImageSize(backbone: string): number | null {
  if (!isOnnxPath(backbone)) return null;
  let header: OnnxHeader;
  try {
    header = readOnnxHeader(backbone);
  } catch (error) {
    if (error instanceof UserError) return null; // `modelProblems` says it.
    throw error;
  }
  const shape = header.inputs[0]?.shape;
  if (shape?.length !== 4) return null;
  const [height, width] = shape[1] === 3 ? shape.slice(2) : shape.slice(1, 3);
  return typeof height === 'number' && height === width ? height : null;
}
