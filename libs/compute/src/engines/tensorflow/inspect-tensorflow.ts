import { existsSync } from 'node:fs';
import {
  nativePackages,
  nativeProblem,
  probeNative,
  tfjsVersion,
  type NativePackage,
} from './native-packages.ts';
import { UserError, type Notice, type Remedy } from '@thaw/base';

export interface TensorflowChoice {
  /** Whether TensorFlow.js computes on a CUDA GPU here. */
  readonly gpu: boolean;
  /** What the user should know about it, null when there is nothing to say. */
  readonly notice: Notice | null;
}

const build: Remedy = { do: 'build TensorFlow' };
const slow =
  'TensorFlow.js has no native library here and computes in WebAssembly, on one core and several times slower than ' +
  'the engine onnx.';
/** Building it works on Linux alone. */
const withoutLibrary: Notice =
  process.platform === 'linux'
    ? { message: slow, remedy: build }
    : {
        message: `${slow} "npm i --no-save @tensorflow/tfjs-node@${tfjsVersion}" adds one (downloads TensorFlow 2.9).`,
      };

/** Whether there may be a CUDA GPU: without its driver's device files TensorFlow need not be loaded to look. */
export function cudaIsPossible(): boolean {
  if (process.platform !== 'linux') return process.platform === 'win32';
  return ['/dev/nvidiactl', '/dev/nvidia0', '/dev/dxg'].some((file) => existsSync(file));
}

/** Looks whether and how TensorFlow.js can compute here. Throws UserError when what is installed does not load. */
export async function inspectTensorflow(
  packages: readonly NativePackage[] = nativePackages(),
): Promise<TensorflowChoice> {
  if (packages.length === 0) return { gpu: false, notice: withoutLibrary };
  const problems: string[] = [];
  for (const candidate of packages) {
    try {
      const { gpu } = await probeNative(candidate);
      const notice = problems.length > 0 ? { message: problems.join('\n'), remedy: build } : null;
      return { gpu, notice };
    } catch (error) {
      problems.push(nativeProblem(candidate, (error as Error).message));
    }
  }
  throw new UserError(problems.join('\n'), { kind: 'unavailable', remedy: build });
}
