import { execFile } from 'node:child_process';
import { readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { makeFolder, replaceFolderAtomic, UserError, type Remedy } from '@thaw/base';
import { probeNative, tfjsVersion, type NativeProbe } from './native-packages.ts';

export interface BuildOptions {
  /** Gets the package; what stands there is replaced when the new one is whole and loads. */
  readonly folder: string;
  /** With CUDA and cuDNN, from the same index as TensorFlow. */
  readonly gpu: boolean;
  /** The Python whose pip downloads TensorFlow; nothing is installed into it. */
  readonly python: string;
  readonly onStep?: (step: string) => void;
}

/** Something that building needs is not on this machine or cannot be downloaded. */
export class MissingForBuild extends UserError {}

const run = promisify(execFile);

/** Unpacks of all wheels in a folder what the addon needs: TensorFlow's C library, its headers, and CUDA's libraries. */
const unpackWheels = `
import glob, re, sys, zipfile
wanted = re.compile(r'tensorflow/(libtensorflow_(cc|framework)\\.so\\.|include/)|nvidia/[^/]+/lib/')
for wheel in glob.glob(sys.argv[1] + '/*.whl'):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(sys.argv[2], [name for name in archive.namelist() if wanted.match(name)])
`;

/**
 * Builds tfjs-node against the TensorFlow that pip finds: downloads its wheel and tfjs-node from npm, compiles the addon
 * and loads it once. Linux with Python 3, pip, make and a C++ compiler. Throws MissingForBuild where one of these is not to be had.
 */
export async function buildTensorflow(options: BuildOptions): Promise<NativeProbe> {
  const { folder, gpu, python, onStep = () => undefined } = options;
  await checkTools(python);
  let built: NativeProbe | null = null;
  await replaceFolderAtomic(folder, async (temporary) => {
    onStep(`downloading TensorFlow with pip${gpu ? ', with CUDA' : ''}`);
    const libraries = await downloadTensorflow(temporary, { python, gpu });
    onStep(`downloading tfjs-node ${tfjsVersion} with npm`);
    const addon = await installPackage(temporary);
    onStep('compiling the addon');
    await layOut(addon, libraries);
    await compile(addon);
    onStep('loading it');
    const path = createRequire(join(temporary, 'package.json')).resolve('@tensorflow/tfjs-node');
    built = await probeNative({ name: '@tensorflow/tfjs-node', path });
    // Headers and the link to them have done their work.
    await rm(join(addon, 'deps', 'include'));
    await rm(join(libraries, 'tensorflow', 'include'), { recursive: true });
  });
  return built!;
}

async function checkTools(python: string): Promise<void> {
  if (process.platform !== 'linux') {
    throw new MissingForBuild(
      `building against TensorFlow's wheel works on Linux alone; here "npm i --no-save @tensorflow/tfjs-node@${tfjsVersion}" adds the library`,
      { kind: 'unavailable' },
    );
  }
  const tools: [string, string[], string, Remedy | null][] = [
    [
      python,
      ['-m', 'pip', '--version'],
      `Python 3 with pip (tried ${python})`,
      { do: 'choose', what: 'python' },
    ],
    ['make', ['--version'], 'make', null],
    [process.env.CXX ?? 'g++', ['--version'], 'a C++ compiler (g++)', null],
  ];
  for (const [tool, args, needed, remedy] of tools) {
    await run(tool, args).catch(() => {
      throw new MissingForBuild(`building TensorFlow's addon needs ${needed}`, {
        kind: 'unavailable',
        remedy,
      });
    });
  }
}

/** Returns the folder that holds `tensorflow` and, with CUDA, `nvidia`. */
async function downloadTensorflow(
  temporary: string,
  { python, gpu }: Pick<BuildOptions, 'python' | 'gpu'>,
): Promise<string> {
  const [wheels, libraries] = [join(temporary, 'wheels'), join(temporary, 'libraries')];
  const plain = process.arch === 'x64' ? 'tensorflow-cpu' : 'tensorflow';
  const what = gpu ? ['tensorflow[and-cuda]'] : ['--no-deps', plain];
  const pip = ['-m', 'pip', 'download', '--quiet', '--only-binary', ':all:', '--dest', wheels, ...what];
  await run(python, pip).catch((error: unknown) => {
    throw new MissingForBuild(`pip cannot download ${what.at(-1)!}:\n${lastLines(error)}`, {
      kind: 'unavailable',
    });
  });
  await run(python, ['-c', unpackWheels, wheels, libraries]);
  await rm(wheels, { recursive: true });
  return libraries;
}

/** Returns tfjs-node's folder. Its install script, which would download TensorFlow 2.9, does not run. */
async function installPackage(temporary: string): Promise<string> {
  await writeFile(join(temporary, 'package.json'), '{ "private": true }\n');
  const npm = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', temporary];
  await run('npm', [...npm, `@tensorflow/tfjs-node@${tfjsVersion}`], { cwd: temporary }).catch(
    (error: unknown) => {
      throw new MissingForBuild(`npm cannot download tfjs-node:\n${lastLines(error)}`, {
        kind: 'unavailable',
      });
    },
  );
  return join(temporary, 'node_modules', '@tensorflow', 'tfjs-node');
}

/** Lays TensorFlow out as the addon's build file expects it, by links that stay right when the whole folder moves. */
async function layOut(addon: string, libraries: string): Promise<void> {
  const [target, tensorflow] = [join(addon, 'deps', 'lib'), join(libraries, 'tensorflow')];
  await makeFolder(target);
  const link = (file: string, name: string) => symlink(relative(target, file), join(target, name));
  const files = (await readdir(tensorflow)).filter((name) => name.includes('.so.'));
  for (const name of files) {
    await link(join(tensorflow, name), name);
    const short = name.startsWith('libtensorflow_cc') ? 'libtensorflow.so' : 'libtensorflow_framework.so';
    await link(join(tensorflow, name), short);
  }
  // TensorFlow looks for CUDA's libraries beside its own.
  const nvidia = join(libraries, 'nvidia');
  for (const part of await readdir(nvidia).catch(() => [])) {
    for (const name of await readdir(join(nvidia, part, 'lib')).catch(() => [])) {
      if (name.includes('.so')) await link(join(nvidia, part, 'lib', name), name).catch(() => undefined);
    }
  }
  const include = join(addon, 'deps', 'include');
  await symlink(relative(join(addon, 'deps'), join(tensorflow, 'include')), include);
}

async function compile(addon: string): Promise<void> {
  const build = ['exec', '--', 'node-pre-gyp', 'install', '--build-from-source'];
  await run('npm', build, { cwd: addon, maxBuffer: 2 ** 26 }).catch((error: unknown) => {
    throw new UserError(`the addon does not compile:\n${lastLines(error)}`, { kind: 'unavailable' });
  });
  await rm(join(addon, 'build'), { recursive: true, force: true });
}

function lastLines(error: unknown): string {
  const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0 ? message : lines.slice(-8).join('\n');
}
