import { sha256 } from '@thaw/base';
import { isOnnxPath } from '@thaw/experiment';

/** What rows are kept under: all that they are made of. ONNX files are known by what is in them, not by where they lie. */
export function keyOf(parts: readonly unknown[]): string {
  return sha256(JSON.stringify(parts, withoutPlace));
}

function withoutPlace(key: string, value: unknown): unknown {
  const isPlace = key === 'file' || (key === 'backbone' && isOnnxPath(String(value)));
  return isPlace ? undefined : value;
}
