import { existsSync } from 'node:fs';
import {
  nativePackages,
  nativeProblem,
  probeNative,
  tfjsVersion,
  type NativePackage,
} from './native-packages.ts';
import { UserError } from '@thaw/base';

export interface TensorflowChoice {
  /** Whether TensorFlow.js computes on a CUDA GPU here. */
  readonly gpu: boolean;
  /** What the user should know about it, null when there is nothing to say. */
  readonly notice: string | null;
}

const command =
  process.platform === 'linux'
    ? '"npx nx run tensorflow" builds one against a current TensorFlow (280 MB to download, 1.1 GB on disk; with --gpu some GB)'
    : `"npm i --no-save @tensorflow/tfjs-node@${tfjsVersion}" adds one (downloads TensorFlow 2.9)`;
const withoutLibrary =
  'TensorFlow.js has no native library here and computes in WebAssembly, on one core and several times slower than ' +
  `the engine onnx. ${command}.`;

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
      return { gpu, notice: problems.length > 0 ? problems.join('\n') : null };
    } catch (error) {
      problems.push(nativeProblem(candidate, (error as Error).message));
    }
  }
  throw new UserError(problems.join('\n'));
}
