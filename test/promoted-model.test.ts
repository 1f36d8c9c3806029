import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { readPixels } from '@thaw/data';
import { openStore } from '@thaw/tracking';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram } from './support/program.ts';

const shared = resolve(import.meta.dirname, '../../shared');
const images = join(shared, 'data/blood-cells/images');
const weights = join(
  shared,
  'weights/mobilenetv2_0.35_224/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top.h5',
);
const side = 96;
const experiment = `
name: real
dataset: {path: ${JSON.stringify(images)}, limit_per_class: 15}
split: {groups: {pattern: .+}}
model: {alpha: 0.35, image_size: ${side}, weights: ${JSON.stringify(weights)}, head_units: 16}
training: {epochs: 3}
parameters:
  model.scenario: {values: [feature_extraction, partial_unfreeze]}
`;

/** What the promoted files say of images prepared as `preprocessing.json` tells: [images, classes] one after the other. */
type Predict = (inputs: Float32Array, count: number) => Promise<Float32Array>;

describe.skipIf(!existsSync(images) || !existsSync(weights))('a promoted model (needs ../shared)', () => {
  let folder: string;
  let runsDir: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'thaw-promoted-'));
    runsDir = join(folder, 'runs');
    writeFileSync(join(folder, 'real.yaml'), experiment);
    const sweep = startProgram(
      'sweep',
      '--config',
      join(folder, 'real.yaml'),
      '--runs-dir',
      runsDir,
      '--leakage-check',
      'off',
    );
    expect(await sweep.ended, sweep.output.stderr).toBe(0);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([0, 1])(
    "gives trial %i's own saved probabilities of 60 test images in TensorFlow.js and in ONNX Runtime",
    async (trial) => {
      const store = openStore(runsDir);
      const run = (await store.sweep('latest')).trials[trial]!.run!;
      const program = startProgram(
        'promote',
        '--run',
        run,
        '--name',
        `trial-${trial}`,
        '--runs-dir',
        runsDir,
      );
      expect(await program.ended, program.output.stderr).toBe(0);
      const version = join(runsDir, `models/trial-${trial}/1`);
      const rows = await store.predictions(run, 'test');
      expect(rows).toHaveLength(60);
      const expected = rows.flatMap(({ probabilities }) => probabilities);
      const inputs = new Float32Array(rows.length * side * side * 3);
      for (const [i, { file }] of rows.entries()) {
        const pixels = await readPixels(join(images, file), { size: side, interpolation: 'nearest' });
        inputs.set(
          Float32Array.from(pixels, (value) => value / 127.5 - 1),
          i * pixels.length,
        );
      }
      for (const [open, count] of [
        [openTensorflowJs, 5],
        [openTensorflowJsOnWasm, rows.length],
        [openOnnx, rows.length],
      ] as const) {
        const found = await (await open(version))(inputs.subarray(0, count * side * side * 3), count);
        const wanted = expected.slice(0, (expected.length / rows.length) * count);
        const differences = wanted.map((value, i) => Math.abs(value - found[i]!));
        expect(found).toHaveLength(wanted.length);
        expect(Math.max(...differences)).toBeLessThan(1e-4);
      }
    },
  );
});

/** With `@tensorflow/tfjs` alone, which takes a tenth of a second an image. */
function openTensorflowJs(version: string): Promise<Predict> {
  return openIn('cpu', version);
}

function openTensorflowJsOnWasm(version: string): Promise<Predict> {
  return openIn('wasm', version);
}

/** TensorFlow.js has no handler for files of its own. */
async function openIn(backend: string, version: string): Promise<Predict> {
  await tf.setBackend(backend);
  const json = JSON.parse(readFileSync(join(version, 'model.json'), 'utf8')) as tf.io.ModelJSON;
  const bytes = new Uint8Array(readFileSync(join(version, 'weights.bin'))).buffer;
  const load = () =>
    tf.io.getModelArtifactsForJSON(json, (manifest) => Promise.resolve([manifest[0]!.weights, bytes]));
  const model = await tf.loadLayersModel({ load });
  return (inputs, count) => {
    const output = model.predict(tf.tensor4d(inputs, [count, side, side, 3]), { batchSize: 20 }) as tf.Tensor;
    return output.data() as Promise<Float32Array>;
  };
}

async function openOnnx(version: string): Promise<Predict> {
  const session = await InferenceSession.create(join(version, 'model.onnx'));
  return async (inputs, count) => {
    const feeds = { input_layer: new Tensor('float32', inputs, [count, side, side, 3]) };
    return (await session.run(feeds, ['probabilities']))['probabilities']!.data as Float32Array;
  };
}
