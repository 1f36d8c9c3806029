import { createRequire } from 'node:module';
import { fromOptionalPackage } from '@thaw/base';
import type * as OnnxRuntime from 'onnxruntime-node';

const require = createRequire(import.meta.url);

let loaded: typeof OnnxRuntime | null = null;

/**
 * ONNX Runtime, a native library of 45 MB, loaded when something is first computed: who reads results does without it. Throws
 * UserError where it is not installed.
 */
export function onnxRuntime(): typeof OnnxRuntime {
  loaded ??= fromOptionalPackage(
    'onnxruntime-node',
    'the engine onnx',
    () => require('onnxruntime-node') as typeof OnnxRuntime,
  );
  return loaded;
}
