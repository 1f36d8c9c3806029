import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random, writeChecksums } from '@thaw/base';
import type { Network } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { encodeOnnxModel, initializeWeights } from '@thaw/model';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { classifyFiles, preprocessingOf, writeArtifact } from '../src/index.ts';

const root = mkdtempSync(join(tmpdir(), 'thaw-classify-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const side = 32;
const labels = ['a', 'b'];
const model = join(root, 'model');
/** More than all threads have in hand at a time; some are no images. */
const files = Array.from({ length: 45 }, (_, i) => join(root, `${i}.png`));
const broken = new Map([
  [3, 'not an image'],
  [40, 'cannot be read: ENOENT'],
]);
const options = { limits: { bytes: 1e6, pixels: 1e6 } };

beforeAll(async () => {
  const network: Network = {
    input: { name: 'input_1', shape: [side, side, 3] },
    layers: [
      { type: 'GlobalAveragePooling2D', name: 'pool', inputs: ['input_1'] },
      { type: 'Dense', name: 'predictions', inputs: ['pool'], units: 2, activation: 'softmax' },
    ],
  };
  const weights = initializeWeights(network, new Random('classify'), ['pool', 'predictions']);
  const preprocessing = preprocessingOf(settingsSchema.parse({ model: { image_size: side } }), network);
  const onnx = encodeOnnxModel(network, weights, { run: 'r', preprocessing: JSON.stringify(preprocessing) });
  mkdirSync(model);
  const described = { network, weights, labels, preprocessing, onnx, origin: {}, card: '', neighbours: null };
  await writeArtifact(model, described);
  await writeChecksums(model);
  for (const [i, file] of files.entries()) {
    const background = { r: 5 * i, g: 200, b: 255 - 5 * i };
    if (!broken.has(i))
      await sharp({ create: { width: side, height: side, channels: 3, background } }).toFile(file);
  }
  writeFileSync(files[3]!, 'no image');
});

test('threads together answer for every file once, in the order of the files, as one alone does', async () => {
  const alone = await classifyFiles(model, files, { ...options, threads: 1 });
  const done: number[] = [];
  const together = await classifyFiles(model, files, {
    ...options,
    threads: 3,
    onDone: (count) => done.push(count),
  });
  expect(together).toEqual(alone);
  expect(together.labels).toEqual(labels);
  expect(done.at(-1)).toBe(files.length);
  const problems = together.answers.flatMap((each, i) =>
    'problem' in each ? [[i, each.problem] as const] : [],
  );
  expect(problems.map(([i]) => i)).toEqual([...broken.keys()]);
  for (const [i, problem] of problems) expect(problem).toContain(broken.get(i));
  const rows = together.answers.flatMap((each) => ('probabilities' in each ? [each.probabilities[0]] : []));
  expect(new Set(rows).size).toBe(files.length - broken.size);
});

test('a model that ONNX Runtime cannot open is an error of the call, from threads too', async () => {
  const damaged = join(root, 'damaged');
  mkdirSync(damaged);
  for (const name of ['labels.json', 'preprocessing.json'])
    copyFileSync(join(model, name), join(damaged, name));
  writeFileSync(join(damaged, 'model.onnx'), 'no graph');
  await writeChecksums(damaged);
  for (const threads of [1, 2]) {
    await expect(classifyFiles(damaged, files, { ...options, threads })).rejects.toThrow();
  }
});
