import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { buildTensorflow, MissingForBuild } from '../src/engines/tensorflow/build-tensorflow.ts';
import { loadNative } from '../src/engines/tensorflow/load-tensorflow.ts';
import { TensorflowEngine } from '../src/engines/tensorflow/tensorflow-engine.ts';
import { engineContract } from './engine-contract.ts';
import { keepsNoTensors } from './tensorflow-leaks.ts';

// Where no index can be reached, pip is not to try again and again.
process.env.PIP_RETRIES ??= '0';

const temporary = await mkdtemp(join(tmpdir(), 'thaw-tensorflow-'));
const folder = join(temporary, 'built');
afterAll(() => rm(temporary, { recursive: true, force: true }));

/** Builds as `npx nx run tensorflow` does. Returns why it cannot be built here, or null. */
async function build(): Promise<string | null> {
  try {
    await buildTensorflow({ folder, gpu: false, python: 'python3' });
    return null;
  } catch (error) {
    if (error instanceof MissingForBuild) return error.message;
    throw error;
  }
}

const missing = await build();
if (missing !== null) console.info(`TensorFlow's own library is not tested: ${missing}`);

const load = async () => {
  const path = createRequire(join(folder, 'package.json')).resolve('@tensorflow/tfjs-node');
  return loadNative({ name: '@tensorflow/tfjs-node', path }, { sharedCores: true });
};

describe.skipIf(missing !== null)('TensorFlow.js on a library from a TensorFlow wheel', () => {
  engineContract('TensorFlow.js, native', new TensorflowEngine({ sharedCores: true }, load));
  keepsNoTensors(load);

  test('says what it computes with', async () => {
    const engine = new TensorflowEngine({ sharedCores: true }, load);
    expect(await engine.describe()).toMatch(/^tfjs-node 4\.22\.0, TensorFlow \d+\.\d+\.\S+, (CPU|CUDA GPU)$/);
  });
});
