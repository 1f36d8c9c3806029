/** The engines that a user can name. They stand apart from the engines, which take a while to load. */
export const engineNames = ['onnx', 'tensorflow'] as const;

export type EngineName = (typeof engineNames)[number];

/** What an engine computes on: the processor, or a GPU through WebGPU (onnx alone). */
export const devices = ['cpu', 'webgpu'] as const;

export type Device = (typeof devices)[number];

export interface EngineOptions {
  /** Other processes compute on the same cores at the same time; changes speed only. */
  readonly sharedCores: boolean;
  /** Threads of one session; one a core when left out. */
  readonly threads?: number;
  /** `cpu` when left out. */
  readonly device?: Device;
}
