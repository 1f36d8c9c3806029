import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { availableParallelism } from 'node:os';
import { OutOfMemory } from '../../out-of-memory.ts';
import type { Tensor } from '../../tensor.ts';

export interface SessionOptions {
  /** Waiting threads spin, which is faster, unless other processes compute on the same cores. */
  readonly sharedCores: boolean;
  /** One a core when left out. */
  readonly threads?: number;
}

/** Whether ONNX Runtime rewrites a graph before it runs it. */
type Optimization = 'all' | 'disabled';

/**
 * Loads a graph into ONNX Runtime's CPU provider, with a thread a core always: how a sum is cut up among threads changes its
 * last digits. Its memory pattern, one block for all the values of a run, is off: it comes on top of what the first run has
 * taken value by value, and doubles the memory of a training step without making it faster.
 */
export function createSession(
  model: Uint8Array,
  { sharedCores, threads }: SessionOptions,
  graphOptimizationLevel: Optimization = 'all',
): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    executionProviders: ['cpu'],
    graphOptimizationLevel,
    enableMemPattern: false,
    intraOpNumThreads: threads ?? availableParallelism(),
    extra: { session: { intra_op: { allow_spinning: sharedCores ? '0' : '1' } } },
    logSeverityLevel: 3,
  });
}

/** Runs a session. Throws OutOfMemory where ONNX Runtime finds none. */
export async function runSession(
  session: InferenceSession,
  feeds: InferenceSession.OnnxValueMapType,
): Promise<InferenceSession.OnnxValueMapType> {
  try {
    return await session.run(feeds);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The words of its arena and of the C++ library; the binding has no error codes.
    if (/failed to allocate memory|bad_alloc/i.test(message)) throw new OutOfMemory(message);
    throw error;
  }
}

export function toOrt({ shape, data }: Tensor): OrtTensor {
  return new OrtTensor('float32', data, shape);
}

export function fromOrt(value: OrtTensor): Tensor {
  return { shape: value.dims, data: value.data as Float32Array };
}
