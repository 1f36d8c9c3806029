import { UserError } from '@thaw/base';
import type { Engine } from './engine.ts';
import { OnnxEngine } from './engines/onnx/onnx-engine.ts';
import { TensorflowEngine } from './engines/tensorflow/tensorflow-engine.ts';

/** What an engine computes on: the processor, or a GPU through WebGPU (onnx alone). */
export type Device = 'cpu' | 'webgpu';

export const devices: readonly Device[] = ['cpu', 'webgpu'];

export interface EngineOptions {
  /** Other processes compute on the same cores at the same time; changes speed only. */
  readonly sharedCores: boolean;
  /** Threads of one session; one a core when left out. */
  readonly threads?: number;
  /** `cpu` when left out. */
  readonly device?: Device;
}

const engines = {
  onnx: (options: EngineOptions) => new OnnxEngine(options),
  tensorflow: (options: EngineOptions) => new TensorflowEngine(options),
};

export type EngineName = keyof typeof engines;

/** The engines that a user can name. */
export const engineNames = Object.keys(engines) as EngineName[];

/** Throws UserError for a device that the engine does not know. */
export function createEngine(name: EngineName, options: EngineOptions = { sharedCores: false }): Engine {
  if (options.device === 'webgpu' && name !== 'onnx') {
    throw new UserError(`the engine ${name} has no device webgpu: choose the engine onnx with it`);
  }
  return engines[name](options);
}
