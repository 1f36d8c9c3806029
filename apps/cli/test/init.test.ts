import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeMeans } from '@thaw/compute/testing';
import { loadExperiment } from '@thaw/experiment';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runInit, type InitOptions } from '../src/init/run-init.ts';
import { runSweep } from '../src/sweep/run-sweep.ts';

let folder: string;
let runsDir: string;
let shown: string;
let told: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-init-'));
  runsDir = join(folder, 'r');
  [shown, told] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((shown += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((told += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** Noise, another for each name, so that no two images are alike. */
async function image(name: string): Promise<void> {
  let state = [...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7);
  const data = Uint8Array.from({ length: 40 * 40 * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  await sharp(data, { raw: { width: 40, height: 40, channels: 3 } })
    .png()
    .toFile(join(folder, name));
}

async function images(count: number, ...folders: string[]): Promise<string[]> {
  const names = folders.flatMap((each) => Array.from({ length: count }, (_, i) => `${each}/${i}.png`));
  await Promise.all(names.map(image));
  return names;
}

const output = () => join(folder, 'experiment.yaml');
const init = (changes: Partial<InitOptions> = {}) =>
  runInit({
    dir: join(folder, 'data'),
    layout: null,
    look: null,
    backbone: 'mobilenet_v2',
    set: [],
    runsDir,
    output: output(),
    ...changes,
  });

/** Whether a sweep of what was written would start; a narrow network, so that the test takes no time. */
async function dryRun(): Promise<number> {
  const narrow = ['model.weights=random', 'model.alpha=0.35', 'model.image_size=32', 'training.batch_size=4'];
  const heads = 'parameters.model.scenario.values=[feature_extraction]';
  return runSweep({
    ...{
      from: { file: output() },
      workers: 1,
      engine: 'auto',
      device: null,
      set: [...narrow, heads],
      maxTrials: null,
    },
    ...{ maxTime: null, retry: 0, runsDir, queue: null, trackerHost: '', trackerPort: 0, output: null },
    ...{ leakageCheck: true, dataChanged: 'refuse', dryRun: true, notify: null, debug: false },
  });
}

describe('init', () => {
  it.each([
    ['class-folders', () => images(12, 'data/A', 'data/B')],
    ['train-test-folders', () => images(8, 'data/train/A', 'data/train/B', 'data/test/A', 'data/test/B')],
    [
      'csv',
      async () => {
        const names = await images(12, 'data/img');
        const rows = names.map((name, i) => `${name.slice('data/'.length)},${'ab'[i % 2]}`);
        writeFileSync(join(folder, 'data/labels.csv'), ['path,label', ...rows].join('\n'));
      },
    ],
  ] as const)('writes an experiment that a sweep would run, for %s', async (layout, make) => {
    await make();
    // Looking and measuring are the same for each.
    expect(await init({ look: layout === 'class-folders' })).toBe(0);
    expect(shown).toContain(`, read as ${layout}:\n`);
    expect(shown).toContain('is written. To check it:\n  npx nx run sweep --config ');
    const { settings, parameters } = await loadExperiment(output());
    expect(settings.dataset).toMatchObject({ path: join(folder, 'data'), layout });
    expect(parameters['model.scenario']).toEqual({
      values: ['feature_extraction', expect.any(String) as string],
    });
    shown = '';
    expect(await dryRun()).toBe(0);
    expect(shown).toMatch(/^data would start: 2 trials, grid over training\.learning_rate\.\n/);
    expect(shown).toMatch(
      /\nTime: .* measured on a few steps of each kind of trial; .*\nNothing was trained/,
    );
    expect([existsSync(join(runsDir, 'sweeps')), existsSync(join(runsDir, 'runs'))]).toEqual([false, false]);
  });

  it('keeps copies of one photograph on one side, and leaves out what cannot be read', async () => {
    const names = await images(6, 'data/A', 'data/B');
    for (const name of names) {
      writeFileSync(join(folder, name.replace('.png', '-copy.png')), readFileSync(join(folder, name)));
    }
    writeFileSync(join(folder, 'data/A/broken.png'), 'no image');
    await init();
    expect(shown).toContain('24 images from 12 photographs');
    expect(shown).toMatch(/1 of 25 \(4\.0 %\) files are no images that can be used .* A\/broken\.png \(/);
    expect(shown).toContain('24 of 24 (100.0 %) images share their photograph with another.');
    expect((await loadExperiment(output())).settings).toMatchObject({
      dataset: { on_bad_image: 'skip' },
      split: { strategy: 'grouped', groups: 'detect' },
    });
  });

  it('counts files alone where nobody is to look at them', async () => {
    await images(40, 'data/A');
    await images(4, 'data/B');
    await init({ look: false });
    expect(shown).toContain('44 images in ');
    expect(shown).toContain('Nobody has looked for copies yet');
    expect(await loadExperiment(output())).toMatchObject({
      settings: { split: { strategy: 'grouped' }, training: { class_weight: 'balanced' } },
      metric: { name: 'val_balanced_accuracy', goal: 'maximize' },
    });
    expect(told).toBe('');
  });

  it('writes what another backbone reads, and how its weights are had', async () => {
    await images(12, 'data/A', 'data/B');
    await init({ look: false, backbone: 'resnet50' });
    expect(shown).toMatch(
      /Weights: Keras's, from ImageNet, which .*fetch weights --backbone resnet50.* downloads/,
    );
    const text = readFileSync(output(), 'utf8');
    expect(text).toContain('# The network: ResNet50, which has seen');
    expect(text).toContain('advise --data');
    expect(text).not.toContain('alpha');
    const { settings } = await loadExperiment(output());
    expect(settings.model).toMatchObject({
      ...{ backbone: 'resnet50', weights: 'imagenet', unfreeze_from: 'conv5_block1' },
    });
  });

  it('makes an ONNX file the frozen front of one scenario', async () => {
    await images(12, 'data/A', 'data/B');
    const backbone = join(folder, 'net.onnx');
    writeMeans(backbone, { side: 64, metadata: { mean: '[0, 0, 0]', std: '[1, 1, 1]' } });
    await init({ look: false, backbone });
    expect(shown).toContain('Scenario: feature_extraction, the only one of an ONNX file.');
    const { settings, parameters } = await loadExperiment(output());
    expect(settings.model).toMatchObject({ backbone, scenario: 'feature_extraction', image_size: 64 });
    expect(Object.keys(parameters)).toEqual(['model.head_units', 'training.learning_rate']);
  });

  it('says what an ONNX file without mean and std needs, and writes into the experiment what it is given', async () => {
    await images(12, 'data/A', 'data/B');
    const backbone = join(folder, 'net.onnx');
    writeMeans(backbone, { side: 64 });
    await expect(init({ look: false, backbone })).rejects.toThrow(
      /^--set model\.input: found no mean and no std/,
    );
    await expect(init({ look: false, backbone, set: ['training.epochs=3'] })).rejects.toThrow(
      /^set training\.epochs=3: allowed: settings of model\.input/,
    );
    await expect(init({ look: false, set: ['model.input.mean=0'] })).rejects.toThrow(
      /^--set model\.input: found with model\.backbone mobilenet_v2; allowed: with the path of an ONNX file/,
    );
    const set = ['model.input.mean=[0.5, 0.4, 0.3]', 'model.input.std=0.25'];
    await init({ look: false, backbone, set });
    const { settings } = await loadExperiment(output());
    expect(settings.model.input).toEqual({ mean: [0.5, 0.4, 0.3], std: 0.25 });
  });

  it('writes drawn images of the size that an ONNX file takes, and refuses one whose images are too small', async () => {
    const here = process.cwd();
    process.chdir(folder);
    try {
      const backbone = join(folder, 'net.onnx');
      const metadata = { mean: '[0, 0, 0]', std: '[1, 1, 1]' };
      writeMeans(backbone, { side: 64, metadata });
      await init({ dir: null, backbone });
      expect((await loadExperiment(output())).settings.model).toMatchObject({ backbone, image_size: 64 });
      expect(readFileSync(output(), 'utf8')).toMatch(/a network with weights that its\s+# file brings/);
      writeMeans(backbone, { side: 16, metadata });
      await expect(init({ dir: null, backbone, output: 'other.yaml' })).rejects.toThrow(
        /^--backbone: found .*net\.onnx", which takes images of 16 pixels a side; allowed: /,
      );
    } finally {
      process.chdir(here);
    }
  });

  it('refuses a backbone that there is not', async () => {
    await images(2, 'data/A', 'data/B');
    await expect(init({ backbone: 'resnet5' })).rejects.toThrow(
      /^--backbone: found "resnet5"; allowed: mobilenet_v2, .*did you mean resnet50/,
    );
    expect(existsSync(output())).toBe(false);
  });

  it('never overwrites a file', async () => {
    writeFileSync(output(), 'mine');
    await expect(init()).rejects.toThrow(/experiment\.yaml is there already and is left as it is/);
    expect(readFileSync(output(), 'utf8')).toBe('mine');
  });

  it.each<[string, () => unknown, RegExp]>([
    ['has no images', () => mkdirSync(join(folder, 'data')), /data holds no images \(png, /],
    ['has one class', () => images(3, 'data/TRAIN/A', 'data/TEST/A'), /images of one class only, A/],
    ['has no classes', () => images(3, 'data'), /nothing says which class they are of; allowed: a folder/],
    [
      'has classes of one photograph',
      () => images(1, 'data/A', 'data/B'),
      /of the 1 image of A none is left for test/,
    ],
    [
      'is several',
      () => images(2, 'data/x/A', 'data/x/B', 'data/y/A', 'data/y/B'),
      /has several data sets: say which/,
    ],
  ])('writes nothing for a folder that %s', async (_, make, message) => {
    await make();
    await expect(init()).rejects.toThrow(message);
    expect(existsSync(output())).toBe(false);
  });

  it('writes a first experiment on drawn images where there are none', async () => {
    const here = process.cwd();
    process.chdir(folder);
    try {
      // Weights for other images than those of this experiment.
      const weights = join(runsDir, 'cache/weights');
      mkdirSync(weights, { recursive: true });
      const name = 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5';
      writeFileSync(join(weights, name), '');
      expect(await init({ dir: null })).toBe(0);
      const { settings, parameters } = await loadExperiment(output());
      expect(settings.model).toMatchObject({ image_size: 96, weights: 'bundled' });
      expect(settings.dataset).toMatchObject({ source: 'synthetic-smear' });
      expect(Object.keys(parameters)).toEqual(['split.strategy', 'model.head_units']);
      expect(shown).toMatch(
        /^There are no images here that are sorted into classes, so the experiment is one that runs/,
      );
    } finally {
      process.chdir(here);
    }
  });
});
