import { UserError, type Notice } from '@thaw/base';
import type { Device, EngineName, EngineOptions } from './engine-options.ts';
import type { Engine } from './engine.ts';
import { OnnxEngine } from './engines/onnx/onnx-engine.ts';
import { cudaIsPossible, inspectTensorflow } from './engines/tensorflow/inspect-tensorflow.ts';
import { TensorflowEngine } from './engines/tensorflow/tensorflow-engine.ts';

const engines: Readonly<Record<EngineName, (options: EngineOptions) => Engine>> = {
  onnx: (options) => new OnnxEngine(options),
  tensorflow: (options) => new TensorflowEngine(options),
};

/** Throws UserError for a device that the engine does not know. */
export function createEngine(name: EngineName, options: EngineOptions = { sharedCores: false }): Engine {
  if (options.device === 'webgpu' && name !== 'onnx') {
    throw new UserError(`the engine ${name} has no device webgpu: choose the engine onnx with it`);
  }
  return engines[name](options);
}

export interface EngineChoice {
  readonly engine: EngineName;
  /** What the user should know about the choice, null when there is nothing to say. */
  readonly notice: Notice | null;
}

/**
 * The engine that `auto` means on this machine, or the named one, looked at before anything starts. `auto` is tensorflow
 * where a native TensorFlow.js is installed, loads and sees a CUDA GPU, else onnx. Throws UserError for tensorflow where
 * what is installed does not load. `inspect` looks at TensorFlow.js; `cuda` says whether there may be a CUDA GPU.
 */
export async function chooseEngine(
  wanted: EngineName | 'auto',
  { device = 'cpu', inspect = inspectTensorflow, cuda = cudaIsPossible }: ChoiceOptions = {},
): Promise<EngineChoice> {
  if (wanted === 'onnx' || device !== 'cpu')
    return { engine: wanted === 'auto' ? 'onnx' : wanted, notice: null };
  if (wanted === 'tensorflow') return { engine: wanted, notice: (await inspect()).notice };
  if (!cuda()) return { engine: 'onnx', notice: null };
  try {
    return { engine: (await inspect()).gpu ? 'tensorflow' : 'onnx', notice: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const message = `${error.message}\nComputing with onnx on the processor.`;
    return { engine: 'onnx', notice: { message, remedy: error.remedy } };
  }
}

interface ChoiceOptions {
  readonly device?: Device;
  readonly inspect?: typeof inspectTensorflow;
  readonly cuda?: () => boolean;
}
