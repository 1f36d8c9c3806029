import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import util from 'node:util';
import { UserError } from '@thaw/base';
import { ComposedKernels } from './composed-kernels.ts';
import type { TensorFlow } from './kernels.ts';
import { NativeKernels } from './native-kernels.ts';
import type { Runtime } from './runtime.ts';

export interface LoadOptions {
  /** Other processes compute on the same cores at the same time. */
  readonly sharedCores: boolean;
}

/** A package with TensorFlow's own library. */
export interface NativePackage {
  readonly name: string;
  /** What `require` takes. */
  readonly path: string;
}

const require = createRequire(import.meta.url);

/** Where `npx nx run tensorflow` builds tfjs-node: $THAW_TENSORFLOW, else `thaw/tensorflow` in the user's cache folder. */
export function builtPackageFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return process.env.THAW_TENSORFLOW || join(cache, 'thaw', 'tensorflow');
}

/** The native packages that are installed, whether they load or not, the preferred first. */
export function nativePackages(): NativePackage[] {
  const candidates = [
    { name: '@tensorflow/tfjs-node', from: join(builtPackageFolder(), 'package.json') },
    { name: '@tensorflow/tfjs-node-gpu', from: import.meta.url },
    { name: '@tensorflow/tfjs-node', from: import.meta.url },
  ];
  return candidates.flatMap(({ name, from }) => {
    try {
      return [{ name, path: createRequire(from).resolve(name) }];
    } catch {
      return [];
    }
  });
}

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
      const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
      problems.push(`${candidate.name} is installed but does not load: ${reason}`);
    }
  }
  if (problems.length === 0) return loadWasm();
  throw new UserError(
    `${problems.join('\n')}\nBuild it for this machine with "npx nx run tensorflow", or remove it ` +
      `(npm rm --no-save ${packages[0]!.name}), or use --engine onnx.`,
  );
}

/** Throws whatever the package throws when its addon or TensorFlow's library is missing. */
export function loadNative({ name, path }: NativePackage, { sharedCores }: LoadOptions): Runtime {
  const settings = {
    // Errors alone: TensorFlow greets every process with lines about the processor.
    TF_CPP_MIN_LOG_LEVEL: '2',
    // Several trials may share a GPU; by default the first takes all its memory.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    ...(sharedCores ? { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' } : {}),
  };
  for (const [key, value] of Object.entries(settings)) process.env[key] ??= value;
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

/** TensorFlow.js's WebAssembly backend, which needs nothing beyond npm. */
export async function loadWasm(): Promise<Runtime> {
  const tf = require('@tensorflow/tfjs-core') as TensorFlow;
  const { version_wasm: version } = require('@tensorflow/tfjs-backend-wasm') as { version_wasm: string };
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
