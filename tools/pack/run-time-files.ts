import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { inRoot } from '../bundle/bundle-programs.ts';
import type { CopiedFile } from './copy-files.ts';

/** What Thaw reads of a package when it runs, where that cannot be bundled. */
interface Part {
  readonly name: string;
  /** The lib that depends on it. */
  readonly lib: string;
  /** Its files that are taken, beside package.json and licences. */
  readonly takes: readonly string[];
}

/** Where ONNX Runtime's package has binaries for, as Node names them: platform/processor. */
export const platforms = ['linux/x64', 'linux/arm64', 'darwin/arm64', 'win32/x64', 'win32/arm64'] as const;

const licences = ['package.json', 'LICEN[CS]E*', 'NOTICE*', 'ThirdPartyNotices*'];

/**
 * ONNX Runtime goes along for two reasons: as a dependency its install script would download CUDA's files on Linux, and half of
 * its package is of no use: DirectML, which Thaw does not compute with, and a second copy of macOS's library under a longer name.
 */
function partsFor(wanted: readonly string[]): Part[] {
  const libraries = '{*.node,*.so*,libonnxruntime.1.dylib,onnxruntime.dll,dxcompiler.dll,dxil.dll}';
  const binaries = wanted.map((platform) => `bin/napi-v6/${platform}/${libraries}`);
  return [
    { name: 'onnxruntime-node', lib: 'compute', takes: ['dist/*.js', ...binaries] },
    { name: 'onnxruntime-common', lib: 'compute', takes: ['dist/cjs/**/*.{js,json}'] },
    // For `engine: tensorflow`, in WebAssembly; native ones are the user's to install.
    { name: '@tensorflow/tfjs-core', lib: 'compute', takes: ['dist/tf-core.node.js'] },
    {
      name: '@tensorflow/tfjs-backend-wasm',
      lib: 'compute',
      takes: ['dist/tf-backend-wasm.node.js', 'dist/tfjs-backend-wasm*.wasm'],
    },
    // Of this one the weights alone, which experiments call `bundled`; its main file says where they are.
    {
      name: 'nsfwjs',
      lib: 'model',
      takes: ['dist/cjs/index.js', 'dist/**/package.json', 'dist/models/mobilenet_v2/*'],
    },
    { name: '@expo-google-fonts/roboto-mono', lib: 'data', takes: ['{400Regular,700Bold}/*.ttf'] },
  ];
}

/** The files of packages that go along, for these platforms, under `node_modules`. */
export async function runTimeFiles(wanted: readonly string[]): Promise<CopiedFile[]> {
  const copied = partsFor(wanted).map(async ({ name, lib, takes }) => {
    const folder = packageFolder(name, `libs/${lib}`);
    if (folder === null) throw new Error(`${name} is not installed`);
    const found = await Promise.all([licences, ...takes].map((each) => glob(each, { cwd: folder })));
    const missing = takes.filter((_, i) => found[i + 1]!.length === 0);
    if (missing.length > 0) throw new Error(`${name} has no ${missing.join(', ')}`);
    const files = [...new Set(found.flat())];
    return files.map((file) => ({ from: join(folder, file), to: `node_modules/${name}/${file}` }));
  });
  return (await Promise.all(copied)).flat();
}

/** The folder of a package as a folder of the project finds it; null where it is not installed. */
export function packageFolder(name: string, from: string): string | null {
  for (const modules of createRequire(inRoot(`${from}/package.json`)).resolve.paths(name) ?? []) {
    const folder = join(modules, name);
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  return null;
}
