import type { Dataset, ImageFile } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import type { LeakageRecord } from '@thaw/tracking';
import { describe, expect, it } from 'vitest';
import { leakageText } from '@thaw/analysis';
import { setWords } from '../src/remedy-text.ts';
import { trialTable } from '../src/report/trial-table.ts';
import { checkLeakage, type SweepDataset } from '@thaw/sweep';
import { trial } from '@thaw/sweep/testing';

const image = (name: string, label: number, group: string | null): ImageFile => ({
  path: `/${name}`,
  name,
  label,
  sha256: name,
  group,
});

/** Of four validation images three have a twin in training; one photograph of training is in test, too. */
function sweepDataset(settings: object, parameters: Record<string, unknown> = {}): SweepDataset {
  const dataset: Dataset = {
    classes: ['A', 'B'],
    train: [image('1', 0, 'x'), image('2', 1, 'y'), image('3', 1, 'z')],
    validation: [image('4', 0, 'x'), image('5', 0, 'x'), image('6', 1, 'y'), image('7', 1, 'v')],
    test: [image('8', 0, 'z'), image('9', 1, 'w')],
    skipped: [],
    strategy: 'keras',
    groupConfidence: null,
    detected: null,
    groupUnit: null,
    folds: null,
    depthRange: null,
    warnings: [],
    notes: ['a note'],
    fingerprint: '',
  };
  return { parameters, settings: settingsSchema.parse(settings), dataset };
}
const options = { cacheDir: '/nowhere', detect: false, onDetect: () => undefined };

describe('the leakage of a sweep', () => {
  it('is counted from named groups, even when nobody is to look at the images', async () => {
    const swept = { 'split.strategy': 'keras' };
    const { records } = await checkLeakage([sweepDataset({}, swept)], options);
    expect(records).toEqual([
      {
        parameters: swept,
        groups_from: 'named',
        unit: 'group',
        images: 9,
        groups: 5,
        validation_images: 4,
        validation_images_with_a_twin_in_training: 3,
        fraction: 0.75,
        crossings: [
          { from: 'train', to: 'validation', groups: 2, images: 5, images_in_to: 3 },
          { from: 'train', to: 'test', groups: 1, images: 2, images_in_to: 1 },
        ],
        scene_crossings: [],
        mixed_labels: [],
        notes: ['a note'],
        remedy: ['split.strategy=grouped'],
      },
    ]);
  });

  it('is not known where groups would have to be looked for and nobody is to', async () => {
    const without = sweepDataset({});
    const strip = (images: readonly ImageFile[]) => images.map((each) => ({ ...each, group: null }));
    const { train, validation, test } = without.dataset;
    const dataset = {
      ...without.dataset,
      train: strip(train),
      validation: strip(validation),
      test: strip(test),
    };
    expect(await checkLeakage([{ ...without, dataset }], options)).toEqual({ records: null, groups: {} });
  });

  it.each([
    [{}, {}, ['split.strategy=grouped'], '--set split.strategy=grouped'],
    [
      { dataset: { path: 'x' } },
      {},
      ['split.strategy=grouped', 'split.groups=detect'],
      '--set split.strategy=grouped --set split.groups=detect',
    ],
    [
      { dataset: { path: 'x' }, split: { groups: { pattern: 'p' } } },
      {},
      ['split.strategy=grouped'],
      '--set split.strategy=grouped',
    ],
    [
      { dataset: { path: 'x' } },
      { split: {} },
      ['parameters.split.values=[{strategy: grouped, groups: detect}]'],
      "--set 'parameters.split.values=[{strategy: grouped, groups: detect}]'",
    ],
  ])('with settings %j, varied by %j, is mended by %j', async (settings, parameters, remedy, words) => {
    const [record] = (await checkLeakage([sweepDataset(settings, parameters)], options)).records!;
    expect(record!.remedy).toEqual(remedy);
    expect(setWords(remedy)).toBe(words);
  });

  it('names photographs under two labels where they were detected', async () => {
    const each = sweepDataset({});
    const dataset = {
      ...each.dataset,
      groupConfidence: new Map([['z', 0.8]]),
      groupUnit: 'photograph' as const,
    };
    const [record] = (await checkLeakage([{ ...each, dataset }], options)).records!;
    expect(record!.mixed_labels).toEqual([{ group: 'z', examples: ['3', '8'] }]);
  });

  it('suspects no label of two photographs for showing one scene', async () => {
    const photographs = new Map([...'123456789'].map((name) => [name, `p${name}`]));
    const each = sweepDataset({});
    const dataset = {
      ...each.dataset,
      groupConfidence: new Map([['z', 0.8]]),
      groupUnit: 'scene' as const,
      detected: { groups: photographs, scenes: new Map(), offered: [], confidence: new Map() },
    };
    const [record] = (await checkLeakage([{ ...each, dataset }], options)).records!;
    expect(record!.mixed_labels).toEqual([]);
  });
});

describe('what is said about leakage', () => {
  const record = async (changes: Partial<LeakageRecord> = {}): Promise<LeakageRecord> => ({
    ...(await checkLeakage([sweepDataset({ dataset: { path: 'x' } })], options)).records![0]!,
    ...changes,
  });

  it('is how many validation images have a twin, how to mend it, and what else there is', async () => {
    const labelled = await record({ mixed_labels: [{ group: 'z', examples: ['3', '8'] }] });
    expect(leakageText([labelled], setWords)).toEqual([
      'Leakage: 3 of 4 (75.0 %) validation images have a twin in training, another image of the same group. Validation accuracy then says how well known groups are recognised, not new ones. To split without it: --set split.strategy=grouped --set split.groups=detect',
      'Leakage: 1 group of images is in training and in test; 1 test image of it may flatter the test accuracy. They stay where the data set has them; gap tells the accuracy on the rest.',
      'Labels: 1 photograph with images of several classes, of which at most one is right: 3 and 8',
      'Data: a note',
    ]);
  });

  it('tells test images of validation, and scenes, with what a split by scenes would mend', async () => {
    const crossing = (from: 'train' | 'validation', to: 'validation' | 'test', count: number) => {
      return { from, to, groups: count, images: 3 * count, images_in_to: count };
    };
    const crossed = await record({
      crossings: [crossing('validation', 'test', 2)],
      scene_crossings: [crossing('train', 'validation', 1), crossing('train', 'test', 4)],
      notes: [],
    });
    expect(leakageText([crossed], setWords).slice(1)).toEqual([
      'Leakage: 2 groups of images are in validation and in test; 2 test images of them may flatter the test accuracy. They stay where the data set has them; gap tells the accuracy on the rest.',
      'Scenes: 1 validation image of 1 scene shows what training images show, copies of one photograph among them. split.groups={detect: scene} would keep scenes together.',
      'Scenes: 4 test images of 4 scenes show what training images show, copies of one photograph among them.',
    ]);
  });

  it('is one calm line where nothing leaks', async () => {
    const clean = await record({
      parameters: { 'split.strategy': 'grouped' },
      groups_from: 'detected',
      validation_images_with_a_twin_in_training: 0,
      crossings: [],
      notes: [],
      remedy: null,
    });
    expect(leakageText([clean])).toEqual([
      'Leakage with strategy=grouped: none of 4 validation images has a twin in training (9 images in 5 groups, found by looking at them).',
    ]);
  });

  it('is nothing where nobody looked', () => {
    expect(leakageText(null)).toEqual([]);
  });

  it('stands beside the gap of each trial', async () => {
    const leakage = [
      await record({ parameters: { 'split.strategy': 'keras' } }),
      await record({ parameters: { 'split.strategy': 'grouped' }, fraction: 0 }),
    ];
    const trials = ['keras', 'grouped', 'random'].map((strategy, number) =>
      trial(number, { parameters: { 'split.strategy': strategy } }),
    );
    const table = (records: LeakageRecord[] | null) =>
      trialTable(trials, {
        parameters: ['split.strategy'],
        best: null,
        leakage: records,
        sealed: false,
        metric: 'val_accuracy',
        columns: null,
      });
    expect(table(leakage).split('\n')).toEqual([
      'trial  strategy  state     epochs  val accuracy  test accuracy      gap  val twins  seconds',
      '    0  keras     finished      12        0.9000         0.5000  +0.4000       75 %      1.2',
      '    1  grouped   finished      12        0.9000         0.5000  +0.4000        0 %      1.2',
      '    2  random    finished      12        0.9000         0.5000  +0.4000          -      1.2',
    ]);
    expect(table(null)).not.toContain('val twins');
    expect(table(leakage.slice(1))).not.toContain('val twins');
  });
});
