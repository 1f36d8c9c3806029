import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random, UserError } from '@thaw/base';
import { synthesizeSmear } from '@thaw/data';
import { scenarios, settingsSchema, type SyntheticDataset } from '@thaw/experiment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseScenario, largeFrom } from '../src/advise/choose-scenario.ts';
import { colorHistogram } from '../src/advise/color-histogram.ts';
import { measureFeatures } from '../src/advise/measure-features.ts';
import { trainingImages } from '../src/advise/training-images.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-advise-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** An image of a folder, of a photograph of its class. */
function image(label: string | null, photograph: string, split: 'train' | 'test' | null = 'train') {
  const name = `${label}/${photograph}`;
  return { path: name, name, sha256: name, split, label, group: photograph, scene: null };
}

describe('chooseScenario', () => {
  const probe = (accuracy: number, ci95: [number, number] | null = null) => ({ accuracy, ci95 });

  it.each([
    ['few photographs, features that tell more than colours', 40, 0.6, 0.4, 'feature_extraction'],
    ['few photographs, features that tell less than colours', 40, 0.4, 0.6, 'partial_unfreeze'],
    ['many photographs, features that tell more than colours', largeFrom, 0.6, 0.4, 'full_fine_tune'],
    ['many photographs, features that tell less than colours', largeFrom, 0.4, 0.6, 'from_scratch'],
    ['one photograph less than many', largeFrom - 1, 0.6, 0.4, 'feature_extraction'],
    ['features that tell as much as colours', 40, 0.5, 0.5, 'partial_unfreeze'],
    ['features that tell almost all, as colours do', 40, 0.96, 0.98, 'feature_extraction'],
    ['features and colours that tell nothing', 40, 0.2, 0.1, 'partial_unfreeze'],
  ])('%s', (_, fewestPhotographs, pretrained, colors, scenario) => {
    const evidence = {
      fewestPhotographs,
      pretrained: probe(pretrained),
      colors: probe(colors),
      chance: 0.25,
      possible: scenarios,
    };
    expect(chooseScenario(evidence).scenario).toBe(scenario);
    const only = chooseScenario({ ...evidence, possible: ['feature_extraction'] });
    expect(only).toMatchObject({ suggested: scenario, scenario: 'feature_extraction' });
  });

  it.each([
    ["the features' interval holds the line", [0.3, 0.7], [0.1, 0.2], true],
    ["the colours' interval holds the features' accuracy", [0.45, 0.55], [0.3, 0.6], true],
    ['the intervals are apart', [0.45, 0.55], [0.2, 0.4], false],
    ['an interval is not known', null, [0.1, 0.2], true],
  ] as const)('of similarity: where %s, unsure is', (_, ofFeatures, ofColors, couldBeEither) => {
    const choice = chooseScenario({
      fewestPhotographs: 9,
      pretrained: { accuracy: 0.5, ci95: ofFeatures },
      colors: { accuracy: 0.35, ci95: ofColors },
      chance: 0.25,
      possible: scenarios,
    });
    expect(choice.couldBeEither).toBe(couldBeEither);
  });
});

describe('colorHistogram', () => {
  it('counts colours and leaves black borders out', () => {
    const histogram = colorHistogram(Uint8Array.from([0, 0, 0, 255, 0, 0, 255, 10, 20, 0, 0, 64, 5, 8, 3]));
    expect(histogram[7 * 64]).toBeCloseTo(Math.sqrt(2 / 3), 6);
    expect(histogram[2]).toBeCloseTo(Math.sqrt(1 / 3), 6);
    expect(histogram.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 6);
  });

  it('is all zeros for a black image', () => {
    expect(colorHistogram(new Uint8Array(30)).every((value) => value === 0)).toBe(true);
  });
});

describe('trainingImages', () => {
  it('counts photographs once and leaves TEST and images without a class out', () => {
    const images = [
      image('a', 'one'),
      image('a', 'one'),
      image('a', 'two'),
      image('b', 'three'),
      image('b', 'four'),
      image('b', 'five', 'test'),
      image(null, 'six'),
    ];
    const {
      classes,
      photographs,
      unlabelled,
      images: kept,
    } = trainingImages('x', { layout: 'train-test-folders', depthRange: null }, images);
    expect(classes).toEqual([
      { class: 'a', images: 3, photographs: 2 },
      { class: 'b', images: 2, photographs: 2 },
    ]);
    expect([photographs, unlabelled]).toEqual([4, 1]);
    expect(kept.map(({ label }) => label)).toEqual([0, 0, 0, 1, 1]);
  });

  it.each([
    ['no class', [image(null, 'one')], /^cells has no class; advice needs images of two classes/],
    ['one class', [image('a', 'one'), image('a', 'two')], /^cells has one class only, a; advice needs/],
    [
      'a class of one photograph',
      [image('a', 'one'), image('a', 'two'), image('b', 'three'), image('b', 'three')],
      /^cells has too few images for advice: a single photograph of b \(2 images\); every class needs two/,
    ],
  ])('refuses %s', (_, images, message) => {
    const attempt = () => trainingImages('cells', { layout: 'class-folders', depthRange: null }, images);
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(message);
  });
});

describe('measureFeatures', () => {
  it('looks at as many images of every class, of as many photographs as there are', async () => {
    const dataset = settingsSchema.parse({
      dataset: { train_sources_per_class: 3, test_sources_per_class: 1, images_per_source: 2 },
    }).dataset as SyntheticDataset;
    const smear = await synthesizeSmear(dataset, join(folder, 'smears'));
    const path = join(smear, readFileSync(join(smear, 'sources.csv'), 'utf8').split('\n')[1]!.split(',')[0]!);
    const all = [
      ...Array.from({ length: 40 }, (_, i) => ({ label: 0, group: `a${i % 20}` })),
      ...Array.from({ length: 6 }, (_, i) => ({ label: 1, group: `b${i % 2}` })),
    ].map((each, i) => ({ ...each, path, name: `${i}`, sha256: `${i}` }));
    const measured = await measureFeatures(
      {
        images: all,
        classes: [
          { class: 'a', images: 40, photographs: 20 },
          { class: 'b', images: 6, photographs: 2 },
        ],
        depthRange: null,
      },
      {
        resizing: { size: 32, interpolation: 'nearest' },
        random: new Random('sample'),
        extract: (images) => Promise.resolve(images.map(({ label }) => Float32Array.of(label, 1 - label))),
        onColors: () => undefined,
      },
    );
    expect(measured).toMatchObject({ images: 12, photographs: 8, chance: 0.5 });
    expect(measured.pretrained.acrossImages).toBe(1);
    // Of two photographs of class 1, three images are left to be neighbours: a majority of five.
    expect(measured.pretrained.acrossPhotographs.accuracy).toBe(1);
    expect(measured.pretrained.logMe).toBeGreaterThan(measured.colors.logMe);
  });
});
