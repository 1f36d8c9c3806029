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
