import type { Engine } from './engine.ts';
import { OnnxEngine } from './engines/onnx/onnx-engine.ts';
import { TensorflowEngine } from './engines/tensorflow/tensorflow-engine.ts';

export interface EngineOptions {
  /** Other processes compute on the same cores at the same time; changes speed only. */
  readonly sharedCores: boolean;
  /** Threads of one session; one a core when left out. */
  readonly threads?: number;
}

const engines = {
  onnx: (options: EngineOptions) => new OnnxEngine(options),
  tensorflow: (options: EngineOptions) => new TensorflowEngine(options),
};

export type EngineName = keyof typeof engines;

/** The engines that a user can name. */
export const engineNames = Object.keys(engines) as EngineName[];

export function createEngine(name: EngineName, options: EngineOptions = { sharedCores: false }): Engine {
  return engines[name](options);
}
