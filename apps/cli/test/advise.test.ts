import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { writeMeans } from '@thaw/compute/testing';
import { synthesizeSmear } from '@thaw/data';
import { settingsSchema, type SyntheticDataset } from '@thaw/experiment';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from '../src/cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-advise-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('advise', () => {
  let smear: string;
  let printed: string;
  const [train, copies] = [4, 3];

  beforeAll(async () => {
    const { dataset } = settingsSchema.parse({
      dataset: { train_sources_per_class: train, test_sources_per_class: 1, images_per_source: copies },
    });
    smear = await synthesizeSmear(dataset as SyntheticDataset, join(folder, 'smears'));
  });
  beforeEach(() => {
    printed = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const quick = () => [
    '--weights',
    'random',
    '--alpha',
    '0.35',
    '--image-size',
    '32',
    '--runs-dir',
    join(folder, 'runs'),
  ];

  async function mistake(...args: string[]): Promise<string> {
    const error: unknown = await runCommandLine(['advise', ...args, ...quick()]).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }

  it('counts the photographs of the smear, probes and suggests, in words and as JSON', async () => {
    const output = join(folder, 'advice.json');
    await runCommandLine(['advise', '--data', smear, '--output', output, ...quick()]);
    const document = JSON.parse(readFileSync(output, 'utf8')) as Record<string, unknown> & {
      classes: { class: string; images: number; photographs: number }[];
      probe: Record<'pretrained' | 'colors', { across_photographs: number; across_images: number }>;
      reasons: string[];
      doubts: string[];
    };
    expect(document).toMatchObject({
      data: smear,
      layout: 'train-test-folders',
      images: 4 * train * copies,
      photographs: 4 * train,
      features: { weights: 'random (seed 42)', alpha: 0.35, image_size: 32, images: 4 * train * copies },
      size: 'small',
      large_from: 1000,
    });
    expect(document.classes).toHaveLength(4);
    for (const each of document.classes) {
      expect(each).toMatchObject({ images: train * copies, photographs: train });
    }
    // Copies have the photograph's colours.
    const { colors } = document.probe;
    expect(colors.across_images).toBeGreaterThan(colors.across_photographs);
    expect(['feature_extraction', 'partial_unfreeze']).toContain(document.scenario);
    for (const sentence of [...document.reasons, ...document.doubts]) expect(printed).toContain(sentence);
    expect(printed).toContain(`Advice: ${String(document.scenario)}`);
    expect(document.doubts.at(-1)).toMatch(/^This is advice by a rule of thumb/);
    expect(document.doubts[0]).toContain('has 4 photographs');
  });

  it('says the same again', async () => {
    const advice = async () => {
      const output = join(folder, 'again.json');
      await runCommandLine(['advise', '--data', smear, '--output', output, ...quick()]);
      return { ...(JSON.parse(readFileSync(output, 'utf8')) as object), seconds: 0 };
    };
    expect(await advice()).toEqual(await advice());
  });

  it('reads class folders, all images of which count', async () => {
    const output = join(folder, 'classes.json');
    await runCommandLine(['advise', '--data', join(smear, 'TRAIN'), '--output', output, ...quick()]);
    expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({
      layout: 'class-folders',
      images: 4 * train * copies,
      photographs: 4 * train,
    });
  });

  it('tries each scenario within a budget on folds of the training images, and opens no test image', async () => {
    const sealed = join(folder, 'sealed');
    cpSync(join(smear, 'TRAIN'), join(sealed, 'TRAIN'), { recursive: true });
    mkdirSync(join(sealed, 'TEST', 'MONOCYTE'), { recursive: true });
    writeFileSync(join(sealed, 'TEST', 'MONOCYTE', 'x.png'), 'no image, which whoever opened it would tell');
    const [output, figure] = [join(folder, 'tried.json'), join(folder, 'curve.svg')];
    interface Tried {
      scenario: string;
      scenario_by_rule: string;
      seconds: number;
      reasons: string[];
      doubts: string[];
      trials: {
        scenario: string;
        folds: number;
        images: number;
        evidence: string;
        scenarios: { scenario: string; behind: { p: number } | null }[];
        learning_curve: { points: { photographs: number }[]; gain: { ci95: number[] } } | null;
      };
    }
    const within = async (budget: string) => {
      await runCommandLine([
        ...['advise', '--data', sealed, '--budget', budget, '--output', output, '--figure', figure],
        ...['--set', 'training.epochs=1', '--set', 'model.head_units=4', ...quick()],
      ]);
      return JSON.parse(readFileSync(output, 'utf8')) as Tried;
    };
    const soon = await within('20s');
    // On a busy machine nothing may have come to its end by then.
    const document = soon.trials.scenarios.length > 0 ? soon : await within('3m');
    const { trials } = document;
    expect([3, train]).toContain(trials.folds);
    // As many as the time allows, and two of a class to validate in each fold.
    expect(trials.images).toBeGreaterThanOrEqual(4 * 2 * 3);
    expect(trials.scenarios.map(({ scenario }) => scenario)).toEqual([
      ...['feature_extraction', 'partial_unfreeze', 'from_scratch', 'full_fine_tune'],
    ]);
    expect(document.scenario).toBe(trials.scenario);
    expect(['feature_extraction', 'partial_unfreeze']).toContain(document.scenario_by_rule);
    expect(trials.scenarios.find(({ scenario }) => scenario === trials.scenario)!.behind).toBeNull();
    // A busy machine may stand still for a moment.
    expect(document.seconds).toBeLessThan(25);
    expect(printed).toContain(`Advice: ${document.scenario} (${trials.evidence} evidence)`);
    for (const sentence of [...document.reasons, ...document.doubts]) expect(printed).toContain(sentence);
    // Three photographs of a class are left to learn from: a half of them, but not a quarter.
    expect(trials.learning_curve).toBeNull();
    expect(printed).toContain('How much more photographs would bring was not measured');
    expect(existsSync(figure)).toBe(false);
  });

  it('asks of an ONNX file how it takes its images, with a budget or without', async () => {
    const file = join(folder, 'net.onnx');
    writeMeans(file);
    const args = ['--data', smear, '--backbone', file];
    expect(await mistake(...args)).toMatch(/^--set model\.input: found no mean and no std/);
    await runCommandLine(['advise', ...args, '--set', 'model.input={mean: 0.5, std: 0.5}', ...quick()]);
    expect(printed).toContain('net.onnx');
    expect(printed).toContain('Advice: feature_extraction (strong evidence)');
  });

  it.each([
    [['--budget', '5'], /^--budget: found "5"; allowed: a number and s, m, h or d/],
    [['--budget', '2s'], /^--budget: found 2s; allowed: 10s or more$/],
    [['--figure', 'a.svg'], /^--figure .* needs --budget/],
    [['--set', 'training.epochs=3'], /^--set training\.epochs=3: settings of trials need --budget/],
    [
      ['--budget', '1m', '--set', 'model.scenario=from_scratch'],
      /^--set model\.scenario=from_scratch: allowed: settings of dataset/,
    ],
    [['--budget', '1m', '--set', 'training.epoch=3'], /set training\.epoch=3.*did you mean.*epochs/s],
  ])('refuses %j', async (options, message) => {
    expect(await mistake('--data', smear, ...options)).toMatch(message);
  });

  it('says what is wrong with a folder', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect(await mistake('--data', empty)).toMatch(/empty holds no images/);
    expect(await mistake('--data', join(folder, 'none'))).toMatch(
      /none is not there; a folder of images is needed/,
    );
    const text = join(folder, 'text', 'a');
    mkdirSync(text, { recursive: true });
    writeFileSync(join(text, 'x.png'), 'no image');
    expect(await mistake('--data', join(folder, 'text'))).toMatch(/none of 1 images can be read; a\/x\.png/);
    const one = join(folder, 'one');
    cpSync(join(smear, 'TRAIN', 'MONOCYTE'), join(one, 'MONOCYTE'), { recursive: true });
    expect(await mistake('--data', one)).toMatch(/one has one class only, MONOCYTE; advice needs/);
  });

  it.each([
    [
      ['--weights', 'imagnet'],
      /^--weights: found "imagnet"; allowed: imagenet, bundled, random.*did you mean imagenet\?/,
    ],
    [['--weights', 'bundled', '--alpha', '0.35'], /^--alpha: found 0\.35; allowed: with weights: bundled 1$/],
    [['--alpha', 'wide'], /^--alpha: found "wide"; allowed: a number above 0$/],
    [['--image-size', '8'], /^--image-size: .*32/],
  ])('refuses %j before it looks at images', async (options, message) => {
    const args = ['advise', '--data', 'no-such-folder', '--runs-dir', join(folder, 'runs'), ...options];
    await expect(runCommandLine(args)).rejects.toThrow(message);
  });
});
