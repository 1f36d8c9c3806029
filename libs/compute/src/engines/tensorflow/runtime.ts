import type { Kernels, TensorFlow } from './kernels.ts';

/** TensorFlow.js, loaded, with one of its backends. */
export interface Runtime {
  readonly tf: TensorFlow;
  readonly kernels: Kernels;
  /** Package and versions, library and device: what a run says of where it was computed. */
  readonly description: string;
  /** Whether it computes on a CUDA GPU. */
  readonly gpu: boolean;
  /** Whether TensorFlow's own library computes. */
  readonly native: boolean;
}
