import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Random } from '@thaw/base';
import { settingsSchema } from '@thaw/experiment';
import { buildModel, encodeOnnxModel, initializeWeights } from '@thaw/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadingSection } from '../src/card/loading-section.ts';
import { Classifier, preprocessingOf, type Preprocessing } from '../src/index.ts';
import { cardImages } from './card-images.ts';

const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), 'thaw-card-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const labels = ['a', 'ü "b"', 'c'];
const limits = { bytes: Infinity, pixels: 1e8 };
const cases = [
  { name: 'nearest', dataset: { interpolation: 'nearest' }, depth: null },
  { name: 'bilinear', dataset: { interpolation: 'bilinear' }, depth: null },
  {
    name: 'bilinear, more than eight bits by a range',
    dataset: { interpolation: 'bilinear' },
    depth: { low: 100, high: 4095 },
  },
  { name: 'eight views', dataset: { resize: 'pad' }, depth: null, views: 'dihedral' },
  {
    ...{ name: 'bicubic, cropped, a divisor a colour', backbone: 'densenet121' },
    ...{ dataset: { interpolation: 'bicubic', resize: 'crop' }, depth: null },
  },
  // Its preprocessing alone: the network behind it is the small one of the others.
  { name: 'BGR, an offset a colour', dataset: {}, depth: null, backbone: 'resnet50' },
] as const;
const size = 96;

let images: readonly { name: string; bytes: Buffer }[];
beforeAll(async () => {
  images = await cardImages();
  for (const { name, bytes } of images) await writeFile(join(root, name), bytes);
});

/** A model of random weights in a folder of its own, with the programs of its card beside it. */
async function makeModel(
  name: string,
  preprocessing: Preprocessing,
): Promise<{ folder: string; classifier: Classifier }> {
  const folder = join(root, name.replaceAll(/\W+/g, '-'));
  await mkdir(folder);
  const { model } = settingsSchema.parse({
    model: { alpha: 0.35, image_size: size, weights: 'random', head_units: 8 },
  });
  const { network, headLayers } = buildModel(model, labels.length);
  const weights = initializeWeights(
    network,
    new Random('card'),
    network.layers.map((layer) => layer.name),
  );
  // Random layers shrink what they see to next to nothing, so the head's two make much of little: less, where values come undivided.
  const [divisor] = [preprocessing.normalize.divisor].flat();
  const factor = 1e5 / Math.sqrt(127.5 / divisor!);
  for (const [key, { data }] of weights) {
    if (headLayers.some((layer) => key === `${layer}/kernel`))
      data.forEach((value, i) => (data[i] = value * factor));
  }
  const onnx = encodeOnnxModel(network, weights, {});
  await writeFile(join(folder, 'model.onnx'), onnx);
  await writeFile(join(folder, 'labels.json'), JSON.stringify(labels));
  const card = loadingSection({ preprocessing });
  const code = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\n\`\`\``).exec(card)![1]!;
  await writeFile(join(folder, 'predict.mjs'), code('js'));
  await writeFile(join(folder, 'predict.py'), code('python'));
  symlinkSync(resolve(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'));
  return { folder, classifier: await Classifier.open(onnx, preprocessing) };
}

function preprocessingFor({ dataset, depth, ...each }: (typeof cases)[number]): Preprocessing {
  const settings = settingsSchema.parse({
    dataset: { path: '.', ...dataset },
    model: {
      alpha: 0.35,
      image_size: size,
      weights: 'random',
      ...('backbone' in each && { backbone: each.backbone }),
    },
    ...('views' in each && { evaluation: { test_time_augmentation: each.views } }),
  });
  return preprocessingOf(settings, buildModel(settings.model, labels.length).network, depth);
}

/** What `predict` says. */
async function expected(classifier: Classifier, files: readonly string[]): Promise<number[][]> {
  const rows: number[][] = [];
  for (const file of files) {
    const pixels = await classifier.pixels(await readFile(join(root, file)), limits);
    const [row] = await classifier.probabilities(classifier.batch([pixels]));
    rows.push([...row!]);
  }
  return rows;
}

/** What a program prints, in the order of the labels. */
async function printed(command: string, args: readonly string[], folder: string): Promise<number[][]> {
  const { stdout } = await run(command, args, { cwd: folder, maxBuffer: 1e7 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const { probabilities } = JSON.parse(line) as { probabilities: Record<string, number> };
      expect(Object.keys(probabilities)).toEqual(labels);
      return labels.map((label) => probabilities[label]!);
    });
}

function largestDifference(a: readonly number[][], b: readonly number[][]): number {
  expect(a.length).toBe(b.length);
  return Math.max(...a.flatMap((row, i) => row.map((value, k) => Math.abs(value - b[i]![k]!))));
}

const hasPython = spawnSync('python3', ['-c', 'import numpy, onnxruntime, PIL']).status === 0;

describe.each(cases)('the programs on the model card, $name', (each) => {
  let model: Awaited<ReturnType<typeof makeModel>>;
  let rows: number[][];
  let files: string[];
  beforeAll(async () => {
    model = await makeModel(each.name, preprocessingFor(each));
    // Of 16-bit colour Pillow reads the high byte alone, which is no difference where no range is asked for.
    files = images
      .map(({ name }) => name)
      .filter((name) => each.depth === null || !name.startsWith('colour-16'));
    rows = await expected(model.classifier, files);
  });
  afterAll(() => model.classifier.dispose());

  test('say of different images different things', () => {
    const first = rows.map((row) => row[0]!);
    expect(Math.max(...first) - Math.min(...first)).toBeGreaterThan(1e-3);
    expect(files.length).toBeGreaterThanOrEqual(60);
  });

  test('JavaScript gives what predict says', async () => {
    const args = ['predict.mjs', ...files.map((file) => join(root, file))];
    expect(largestDifference(await printed(process.execPath, args, model.folder), rows)).toBeLessThan(1e-6);
  });

  test.skipIf(!hasPython)(
    'Python gives what predict says (needs python3 with pillow, numpy and onnxruntime)',
    async () => {
      const args = ['predict.py', ...files.map((file) => join(root, file))];
      expect(largestDifference(await printed('python3', args, model.folder), rows)).toBeLessThan(1e-6);
    },
  );
});
