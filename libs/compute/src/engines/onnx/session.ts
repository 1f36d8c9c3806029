import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { availableParallelism } from 'node:os';
import type { Tensor } from '../../tensor.ts';

/** Loads a graph into ONNX Runtime's CPU provider. */
export function createSession(model: Uint8Array): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: availableParallelism(),
    // Threads that spin while they wait take the cores from decoding and from other workers.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 3,
  });
}

export function toOrt({ shape, data }: Tensor): OrtTensor {
  return new OrtTensor('float32', data, shape);
}

export function fromOrt(value: OrtTensor): Tensor {
  return { shape: value.dims, data: value.data as Float32Array };
}
