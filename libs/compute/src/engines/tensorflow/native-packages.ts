import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A package with TensorFlow's own library. */
export interface NativePackage {
  readonly name: string;
  /** What `require` takes. */
  readonly path: string;
}

export const tfjsVersion = '4.22.0';

/** Where `buildTensorflow` puts tfjs-node: $THAW_TENSORFLOW, else `thaw/tensorflow` in the user's cache folder. */
export function builtPackageFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return process.env.THAW_TENSORFLOW || join(cache, 'thaw', 'tensorflow');
}

/** The native packages that are installed, whether they load or not, the preferred first: what the user built, then npm's. */
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

/** What TensorFlow's library reads from the environment when it loads. */
export function nativeSettings(sharedCores: boolean): Record<string, string> {
  return {
    // Errors alone: TensorFlow greets every process with lines about the processor.
    TF_CPP_MIN_LOG_LEVEL: '2',
    // Several trials may share a GPU; by default the first takes all its memory.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    ...(sharedCores ? { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' } : {}),
  };
}

/** What to tell the user of a package that is installed but does not load; building one for this machine would mend it. */
export function nativeProblem({ name }: NativePackage, reason: string): string {
  const [first = ''] = reason.trim().split('\n');
  return (
    `${name} is installed but does not load: ${first}\n` +
    `"npm rm --no-save ${name}" removes it; the engine onnx does without.`
  );
}

export interface NativeProbe {
  /** Version of TensorFlow's library. */
  readonly version: string;
  /** Whether it sees a CUDA GPU. */
  readonly gpu: boolean;
}

const probe = `
const { createRequire } = require('node:module');
const path = process.argv[1];
const backend = createRequire(path)(path).backend();
process.stdout.write('\\n' + JSON.stringify({ version: backend.binding.TF_Version, gpu: backend.isUsingGpuDevice }));
`;

/**
 * Loads a package in a process of its own, so that the caller keeps neither TensorFlow's library nor the GPU's memory.
 * Rejects with the package's own words where it does not load.
 */
export async function probeNative({ path }: NativePackage): Promise<NativeProbe> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', probe, path], {
      env: { ...nativeSettings(false), ...process.env },
    });
    return JSON.parse(stdout.slice(stdout.lastIndexOf('\n'))) as NativeProbe;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new Error(/^\w*Error: (.*)$/m.exec(stderr)?.[1] ?? message, { cause: error });
  }
}
