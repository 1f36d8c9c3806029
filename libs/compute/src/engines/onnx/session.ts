import { availableParallelism } from 'node:os';
import { UserError } from '@thaw/base';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { OutOfMemory } from '../../out-of-memory.ts';
import type { Tensor } from '../../tensor.ts';
import { onnxRuntime } from './onnx-runtime.ts';
import type { SessionOptions } from './session-options.ts';

/** Whether ONNX Runtime rewrites a graph before it runs it. */
type Optimization = 'all' | 'disabled';

/** What threads do while they wait for work. */
const resting = { allow_spinning: '0' };
/**
 * As long as lies between two operators, not ONNX Runtime's milliseconds: where anything else wants the core, those double the processor
 * time of a small step.
 */
const spinning = { allow_spinning: '1', spin_duration_us: '20' };

/**
 * Loads a graph into ONNX Runtime's provider for the processor, with a thread a core however many sessions share them (how a sum
 * is cut up among threads changes its last digits), or for WebGPU, with the processor for what that has no operator for. Its
 * memory pattern, one block for all the values of a run, is off: it comes on top of what the first run has taken value by value,
 * and doubles the memory of a training step without making it faster. Throws UserError where there is no WebGPU device.
 */
export async function createSession(
  model: Uint8Array,
  { sharedCores, threads, device = 'cpu' }: SessionOptions,
  graphOptimizationLevel: Optimization = 'all',
): Promise<InferenceSession> {
  const { InferenceSession } = onnxRuntime();
  try {
    return await InferenceSession.create(model, {
      executionProviders: [device],
      graphOptimizationLevel,
      enableMemPattern: false,
      intraOpNumThreads: threads ?? availableParallelism(),
      extra: { session: { intra_op: sharedCores ? resting : spinning } },
      logSeverityLevel: 3,
    });
  } catch (error) {
    if (device === 'cpu') throw error;
    const message = error instanceof Error ? error.message : String(error);
    const noDevice = /Failed to get a WebGPU (adapter|device)|'webgpu'/.test(message);
    if (!noDevice) throw error;
    throw new UserError(
      'no GPU can be used through WebGPU here: it takes a driver for Vulkan (Linux), Direct3D 12 (Windows) or Metal ' +
        '(macOS); without one choose the device cpu',
      { kind: 'unavailable', cause: error },
    );
  }
}

/**
 * Runs a session for all its outputs, or those named; those that come with a tensor are written into its memory. Throws
 * OutOfMemory where ONNX Runtime finds none.
 */
export async function runSession(
  session: InferenceSession,
  feeds: InferenceSession.OnnxValueMapType,
  outputs: readonly string[] | InferenceSession.NullableOnnxValueMapType = session.outputNames,
): Promise<InferenceSession.OnnxValueMapType> {
  try {
    return await session.run(feeds, outputs);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The words of its arena and of the C++ library; the binding has no error codes.
    if (/failed to allocate memory|bad_alloc/i.test(message)) throw new OutOfMemory(message);
    throw error;
  }
}

export function toOrt({ shape, data }: Tensor): OrtTensor {
  return new (onnxRuntime().Tensor)('float32', data, shape);
}

export function fromOrt(value: OrtTensor): Tensor {
  return { shape: value.dims, data: value.data as Float32Array };
}
