import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseEngine } from '../src/engines.ts';
import { inspectTensorflow } from '../src/engines/tensorflow/inspect-tensorflow.ts';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'thaw-engine-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A package that is installed, with this code. */
async function installed(name: string, code: string) {
  const path = join(folder, `${name.replace('/', '-')}.cjs`);
  await writeFile(path, code);
  return { name, path };
}

const loads = (gpu: boolean) =>
  `exports.backend = () => ({ isUsingGpuDevice: ${gpu}, binding: { TF_Version: '2.21.0' } });`;
const broken = `throw new Error('libtensorflow_cc.so.2: cannot open shared object file');`;

describe('TensorFlow.js', () => {
  test('without a native package is slow, and the one command that adds one is said', async () => {
    const { gpu, notice } = await inspectTensorflow([]);
    expect(gpu).toBe(false);
    expect(notice?.message).toContain('WebAssembly');
    if (process.platform === 'linux') expect(notice?.remedy).toEqual({ do: 'build TensorFlow' });
    else expect(notice?.message).toMatch(/"npm i --no-save @tensorflow\/tfjs-node@\S+"/);
  });

  test('with a package that loads needs no words, and says whether it sees a GPU', async () => {
    for (const gpu of [true, false]) {
      const found = [await installed('@tensorflow/tfjs-node', loads(gpu))];
      expect(await inspectTensorflow(found)).toEqual({ gpu, notice: null });
    }
  });

  test('goes on to the next package where one does not load, and says so', async () => {
    const found = [
      await installed('@tensorflow/tfjs-node-gpu', broken),
      await installed('@tensorflow/tfjs-node', loads(false)),
    ];
    const { gpu, notice } = await inspectTensorflow(found);
    expect(gpu).toBe(false);
    expect(notice?.message).toContain(
      'tfjs-node-gpu is installed but does not load: libtensorflow_cc.so.2: cannot open',
    );
  });

  test('stops where nothing that is installed loads', async () => {
    const found = [await installed('@tensorflow/tfjs-node', broken)];
    const error: unknown = await inspectTensorflow(found).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ kind: 'unavailable', remedy: { do: 'build TensorFlow' } });
    expect(String(error)).toMatch(
      /@tensorflow\/tfjs-node is installed but does not load: libtensorflow_cc.*\n"npm rm --no-save @tensorflow\/tfjs-node" removes it/,
    );
  });
});

describe('the engine', () => {
  const sees = (gpu: boolean) => ({
    inspect: async () => ({ gpu, notice: { message: 'slow' } }),
    cuda: (): boolean => true,
  });
  const fails = {
    inspect: () => Promise.reject(new UserError('does not load')),
    cuda: (): boolean => true,
  };

  test.each([
    ['auto, with a CUDA GPU', 'auto', sees(true), 'tensorflow', null],
    ['auto, without one', 'auto', sees(false), 'onnx', null],
    [
      'auto, where no driver is installed',
      'auto',
      { ...sees(true), cuda: (): boolean => false },
      'onnx',
      null,
    ],
    ['auto, for another device', 'auto', { ...sees(true), device: 'webgpu' as const }, 'onnx', null],
    ['onnx', 'onnx', sees(true), 'onnx', null],
    ['tensorflow', 'tensorflow', sees(false), 'tensorflow', 'slow'],
  ] as const)('%s', async (_, wanted, options, engine, notice) => {
    expect(await chooseEngine(wanted, options)).toEqual({
      engine,
      notice: notice && { message: notice },
    });
  });

  test('of auto is onnx, with a word about it, where TensorFlow.js does not load; tensorflow by name fails', async () => {
    const { engine, notice } = await chooseEngine('auto', fails);
    expect(engine).toBe('onnx');
    expect(notice?.message).toBe('does not load\nComputing with onnx on the processor.');
    await expect(chooseEngine('tensorflow', fails)).rejects.toThrow('does not load');
  });
});
