import type { Engine } from './engine.ts';
import { OnnxEngine } from './engines/onnx/onnx-engine.ts';

const engines = {
  onnx: () => new OnnxEngine(),
};

export type EngineName = keyof typeof engines;

/** The engines that a user can name. */
export const engineNames = Object.keys(engines) as EngineName[];

export function createEngine(name: EngineName): Engine {
  return engines[name]();
}
