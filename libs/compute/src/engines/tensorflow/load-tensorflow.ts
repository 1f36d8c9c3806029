import { createRequire } from 'node:module';
import util from 'node:util';
import { fromOptionalPackage, UserError } from '@thaw/base';
import { ComposedKernels } from './composed-kernels.ts';
import type { TensorFlow } from './kernels.ts';
import { NativeKernels } from './native-kernels.ts';
import { nativePackages, nativeProblem, nativeSettings, type NativePackage } from './native-packages.ts';
import type { Runtime } from './runtime.ts';

export interface LoadOptions {
  /** Other processes compute on the same cores at the same time. */
  readonly sharedCores: boolean;
}

const require = createRequire(import.meta.url);

let loaded: Promise<Runtime> | null = null;

/**
 * TensorFlow.js with the first native package that loads, else with its WebAssembly backend where no native package is
 * installed; loaded once a process. Throws UserError when native packages are installed and none loads.
 */
export function loadTensorflow(options: LoadOptions): Promise<Runtime> {
  loaded ??= load(options);
  return loaded;
}

async function load(options: LoadOptions): Promise<Runtime> {
  const packages = nativePackages();
  const problems: string[] = [];
  for (const candidate of packages) {
    try {
      return loadNative(candidate, options);
    } catch (error) {
      problems.push(nativeProblem(candidate, error instanceof Error ? error.message : String(error)));
    }
  }
  if (problems.length > 0) {
    throw new UserError(problems.join('\n'), { kind: 'unavailable', remedy: { do: 'build TensorFlow' } });
  }
  return loadWasm();
}

/** Throws whatever the package throws when its addon or TensorFlow's library is missing. */
export function loadNative({ name, path }: NativePackage, { sharedCores }: LoadOptions): Runtime {
  for (const [key, value] of Object.entries(nativeSettings(sharedCores))) process.env[key] ??= value;
  // tfjs-node 4.22 calls a function that Node 23 took out of node:util.
  const utilities = util as unknown as Record<string, unknown>;
  utilities.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  utilities.isArray ??= Array.isArray;
  const tf = createRequire(path)(path) as TensorFlow & { version: Record<string, string> };
  const { isUsingGpuDevice, binding } = tf.backend() as unknown as {
    isUsingGpuDevice: boolean;
    binding: { TF_Version: string };
  };
  const device = isUsingGpuDevice ? 'CUDA GPU' : 'CPU';
  return {
    tf,
    kernels: new NativeKernels(tf),
    description: `${name.slice('@tensorflow/'.length)} ${tf.version['tfjs-node']}, TensorFlow ${binding.TF_Version}, ${device}`,
    gpu: isUsingGpuDevice,
    native: true,
  };
}

/** TensorFlow.js's WebAssembly backend, which needs nothing beyond npm. Throws UserError where it is not installed. */
export async function loadWasm(): Promise<Runtime> {
  const load = <T>(name: string) =>
    fromOptionalPackage(name, 'the engine tensorflow', () => require(name) as T);
  const tf = load<TensorFlow>('@tensorflow/tfjs-core');
  const { version_wasm: version } = load<{ version_wasm: string }>('@tensorflow/tfjs-backend-wasm');
  if (!(await tf.setBackend('wasm')))
    throw new Error('the WebAssembly backend of TensorFlow.js does not start');
  return {
    tf,
    kernels: new ComposedKernels(tf),
    description: `tfjs-backend-wasm ${version}, CPU`,
    gpu: false,
    native: false,
  };
}
