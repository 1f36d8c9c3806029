import { createRequire } from 'node:module';
import { UserError } from '@thaw/base';
import type * as OnnxRuntime from 'onnxruntime-node';

const require = createRequire(import.meta.url);

let loaded: typeof OnnxRuntime | null = null;

/**
 * ONNX Runtime, a native library of 45 MB, loaded when something is first computed: who reads results does without it. Throws
 * UserError where it is not installed.
 */
export function onnxRuntime(): typeof OnnxRuntime {
  loaded ??= load();
  return loaded;
}

function load(): typeof OnnxRuntime {
  try {
    return require('onnxruntime-node') as typeof OnnxRuntime;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new UserError('the engine onnx needs the package onnxruntime-node, which is not installed here', {
      kind: 'unavailable',
      cause: error,
    });
  }
}
