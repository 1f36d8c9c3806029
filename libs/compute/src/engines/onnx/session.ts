import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { availableParallelism } from 'node:os';
import type { Tensor } from '../../tensor.ts';

export interface SessionOptions {
  /** Waiting threads spin, which is faster, unless other processes compute on the same cores. */
  readonly sharedCores: boolean;
  /** One a core when left out. */
  readonly threads?: number;
}

/**
 * Loads a graph into ONNX Runtime's CPU provider, with a thread a core always: how a sum is cut up among threads changes its
 * last digits.
 */
export function createSession(
  model: Uint8Array,
  { sharedCores, threads }: SessionOptions,
): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads ?? availableParallelism(),
    extra: { session: { intra_op: { allow_spinning: sharedCores ? '0' : '1' } } },
    logSeverityLevel: 3,
  });
}

export function toOrt({ shape, data }: Tensor): OrtTensor {
  return new OrtTensor('float32', data, shape);
}

export function fromOrt(value: OrtTensor): Tensor {
  return { shape: value.dims, data: value.data as Float32Array };
}
