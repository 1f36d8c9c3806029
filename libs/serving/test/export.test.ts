import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random, unzipInMemory, UserError, writeChecksums } from '@thaw/base';
import { OnnxModel, tensor, type Network, type Tensor } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { encodeOnnxModel, initializeWeights } from '@thaw/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { inputOf } from '../src/browser.ts';
import { modelCard, preprocessingOf, writeArtifact, type Preprocessing } from '../src/index.ts';
import { exportFile, type ExportFileOptions } from '../src/export/export-file.ts';
import { writeHuggingFaceFolder } from '../src/export/write-hugging-face-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'thaw-export-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const labels = ['a', 'b'];
const settings = settingsSchema.parse({
  dataset: { path: '/home/somebody/cells/images' },
  split: { strategy: 'random', folds: 5, repeats: 2 },
  model: { image_size: 32 },
  evaluation: { test_time_augmentation: 'horizontal_flip' },
});
const network: Network = {
  input: { name: 'input_1', shape: [32, 32, 3] },
  layers: [
    {
      ...{ type: 'Conv2D', name: 'Conv1', inputs: ['input_1'], filters: 4, kernelSize: 3 },
      ...{ strides: 2, padding: 'same', useBias: true },
    },
    { type: 'GlobalAveragePooling2D', name: 'pool', inputs: ['Conv1'] },
    { type: 'Dense', name: 'predictions', inputs: ['pool'], units: 2, activation: 'softmax' },
  ],
};
const weights = initializeWeights(network, new Random('export'), ['Conv1', 'pool', 'predictions']);
const preprocessing = preprocessingOf(settings, network);
const figures = { precision: 0.5, recall: 0.5, f1: 0.5, support: 2, groups: 2 };
const side = {
  overall: { accuracy: 0.75, ci95: null, images: 2, groups: 2 },
  per_class: labels.map((name) => ({ class: name, ...figures, recall_ci95: null, f1_ci95: null })),
} as never;

/** The version's folder. */
const folder = join(root, 'version');
beforeAll(async () => {
  await mkdir(folder);
  await writeArtifact(folder, {
    ...{ network, weights, labels, preprocessing, neighbours: null },
    origin: { settings },
    onnx: encodeOnnxModel(network, weights, { run: 'r', preprocessing: JSON.stringify(preprocessing) }),
    card: modelCard({
      ...{ name: 'cells', version: 1, run: 'r', sweep: null, created: '2026-01-02', settings, preprocessing },
      figures: { classes: labels, validation: side, test: null, gap: null },
      images: { train: 4, validation: 2, test: null },
      ...{
        fingerprint: null,
        weightsOrigin: null,
        weightsSha256: null,
        leakage: ['None.'],
        honestTest: null,
        choice: ['By run.'],
      },
      groups: { origin: 'unknown', unit: 'image', sentence: 'By image.' },
      commit: null,
    }),
  });
  await writeChecksums(folder);
});

const exported = (options: Partial<ExportFileOptions>, of = folder) =>
  exportFile(of, {
    ...{ format: 'onnx', input: 'scaled', batch: null, float16: false, model: 'cells:1' },
    ...{ saved: new Date(0), ...options },
  });

async function run(onnx: Uint8Array, input: Tensor): Promise<number[]> {
  const model = await OnnxModel.open(onnx, { sharedCores: true });
  const [{ data }] = (await model.run(input, ['probabilities'])) as [Tensor];
  const values = [...data];
  await model.dispose();
  return values;
}

describe('a version as a file for another program', () => {
  test('takes pixels where it is asked to, and says so', async () => {
    const pixels = tensor(
      [1, 32, 32, 3],
      Float32Array.from({ length: 3072 }, (_, i) => (i * 5) % 256),
    );
    const scaled = tensor(
      pixels.shape,
      pixels.data.map((value) => Math.fround(value / 127.5) - 1),
    );
    const [plain, ofPixels] = [await exported({}), await exported({ input: 'pixels' })];
    expect(await run(ofPixels.bytes, pixels)).toEqual(await run(plain.bytes, scaled));
    expect(plain.preprocessing).toEqual(preprocessing);
    expect(ofPixels.preprocessing.normalize).toEqual({ divisor: 1, offset: 0 });
    expect(Buffer.from(ofPixels.bytes).includes('"normalize":{"divisor":1,"offset":0}')).toBe(true);
  });

  test('takes pixels where colours change places and each has an offset of its own, as of ResNet50', async () => {
    const byColour = join(root, 'by-colour');
    await cp(folder, byColour, { recursive: true });
    const own: Preprocessing = {
      ...preprocessing,
      input: { ...preprocessing.input, channels: 'BGR' },
      normalize: { divisor: 1, offset: [-103.939, -116.779, -123.68] },
    };
    writeFileSync(join(byColour, 'preprocessing.json'), JSON.stringify(own));
    rmSync(join(byColour, 'SHA256SUMS'));
    await writeChecksums(byColour);
    const pixels = Uint8Array.from({ length: 3072 }, (_, i) => (i * 5) % 256);
    const [plain, ofPixels] = [await exported({}, byColour), await exported({ input: 'pixels' }, byColour)];
    const given = await run(ofPixels.bytes, tensor([1, 32, 32, 3], Float32Array.from(pixels)));
    expect(given).toEqual(await run(plain.bytes, inputOf([pixels], own)));
    expect(plain.preprocessing).toEqual(own);
    expect(ofPixels.preprocessing).toEqual({ ...preprocessing, normalize: { divisor: 1, offset: 0 } });
  });

  test('bears the names of the classes and no place of this machine', async () => {
    const { bytes } = await exported({ format: 'keras', input: 'pixels' });
    const files = await unzipInMemory(Buffer.from(bytes), 'cells.keras');
    const { thaw } = JSON.parse(files.get('metadata.json')!.toString()) as { thaw: object };
    expect(thaw).toMatchObject({ model: 'cells:1', labels, preprocessing: { normalize: { divisor: 1 } } });
    expect(files.get('config.json')!.includes('Rescaling')).toBe(true);
    expect(Buffer.from(bytes).includes('somebody')).toBe(false);
  });

  test('is refused where a file is not what was written', async () => {
    const damaged = join(root, 'damaged');
    await cp(folder, damaged, { recursive: true });
    writeFileSync(join(damaged, 'weights.bin'), 'x');
    const found = exported({ format: 'h5' }, damaged);
    await expect(found).rejects.toThrow(UserError);
    await expect(found).rejects.toThrow(/weights\.bin is not what was written/);
  });

  test('stays as it is where its backbone is an ONNX file', async () => {
    const foreign = join(root, 'foreign');
    await cp(folder, foreign, { recursive: true });
    writeFileSync(
      join(foreign, 'preprocessing.json'),
      JSON.stringify({ ...preprocessing, tensorflow_js: 'head' }),
    );
    rmSync(join(foreign, 'SHA256SUMS'));
    await writeChecksums(foreign);
    const { bytes } = await exported({}, foreign);
    expect(bytes).toEqual(readFileSync(join(folder, 'model.onnx')));
    for (const options of [{ format: 'keras' }, { format: 'h5' }, { float16: true }, { batch: 2 }] as const) {
      await expect(exported(options, foreign)).rejects.toThrow(/^cells:1 has a backbone from an ONNX file/);
    }
    const hub = writeHuggingFaceFolder(foreign, join(root, 'never'), {
      ...{ model: 'cells:1', saved: new Date(0), license: null, datasets: [] },
    });
    await expect(hub).rejects.toThrow(/^cells:1 has a backbone from an ONNX file/);
  });
});

test("a version as a folder of Hugging Face's", async () => {
  const target = join(root, 'hub');
  await mkdir(target);
  const options = { model: 'cells:1', saved: new Date(0), license: 'mit', datasets: ['me/cells'] };
  await writeHuggingFaceFolder(folder, target, options);
  expect(readdirSync(target).sort()).toEqual([
    ...['README.md', 'config.json', 'labels.json', 'metadata.json', 'model.onnx', 'model.weights.h5'],
    'preprocessing.json',
  ]);
  const read = (name: string) => readFileSync(join(target, name), 'utf8');
  expect(JSON.parse(read('config.json'))).toMatchObject({
    ...{ class_name: 'Functional', id2label: { 0: 'a', 1: 'b' }, label2id: { a: 0, b: 1 }, image_size: 32 },
  });
  const [, metadata, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(read('README.md'))!;
  expect(parse(metadata!)).toMatchObject({
    ...{ license: 'mit', library_name: 'keras', datasets: ['me/cells'], metrics: ['accuracy', 'f1'] },
    tags: ['keras', 'image-classification', 'onnx', 'mobilenet-v2', 'thaw'],
    'model-index': [
      {
        name: 'cells',
        results: [
          {
            dataset: { name: 'cells/images', type: 'imagefolder', split: 'validation' },
            metrics: [
              { type: 'accuracy', value: 0.75 },
              { type: 'f1', value: 0.5 },
            ],
          },
        ],
      },
    ],
  });
  expect(body).toContain('`random` in 5 folds × 2 repeats, each of which validates its part');
  expect(body).toContain('keras.saving.load_model("hf://USER/MODEL")');
  expect(body).toContain('model.predict(views_of(prepare("image.jpeg"))).mean(0)');
  for (const absent of ['tf.loadLayersModel', 'lineage.json', 'SHA256SUMS', 'somebody']) {
    expect(body).not.toContain(absent);
  }
});
