import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { runGap } from '../src/gap/run-gap.ts';
import { compareRuns, type CompareDocument } from '@thaw/analysis/recorded';
import { openStore } from '@thaw/tracking';
import { dataOf, smallSettings, writeRun } from '@thaw/analysis/testing';
import { runCompare } from '../src/runs/run-compare.ts';

const classes = ['A', 'B'];
const settings = smallSettings({ dataset: { path: 'no-such-images' }, split: {} });

let runsDir: string;
let printed = '';
beforeAll(() => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-compare-'));
});
afterAll(() => {
  rmSync(runsDir, { recursive: true, force: true });
});
beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A run that is right where `right` has a 1, on images of class A; `group` gives the group of each, null where it is not known. */
function made(right: string, prefix = 'TEST', group: ((image: string) => string) | null = null) {
  const rows = (folder: string): PredictionRow[] =>
    [...right].map((digit, i) => ({
      file: `${folder}/A/${i}.png`,
      label: 'A',
      predicted: digit === '1' ? 'A' : 'B',
      probabilities: digit === '1' ? [0.75, 0.25] : [0.25, 0.75],
    }));
  const predicted = { validation: rows('TRAIN'), test: rows(prefix) };
  const images = (['validation', 'test'] as const).flatMap((split) =>
    predicted[split].map(({ file }) => ({ path: file, split, class: 'A', group: group?.(file) ?? '' })),
  );
  const groups = group && { origin: 'detected' as const, images };
  return writeRun(runsDir, settings, predicted, { classes, fingerprint: 'gone', ...(groups && { groups }) });
}

const alone = (image: string) => image;

async function compared(runs: readonly string[]): Promise<CompareDocument> {
  const output = join(runsDir, 'compare.json');
  await runCompare({ runsDir, runs, output });
  return JSON.parse(readFileSync(output, 'utf8')) as CompareDocument;
}

const hand = ['111111111110', '111111111100', '100000000000'] as const;

it('says of each pair whether the difference is real, worked by hand', async () => {
  // Of 12 images a has 11 right, b 10, c 1. a and b differ in one (p 1), a and c in ten (p 2/2^10), b and c in nine (p 2/2^9).
  const [a, b, c] = await Promise.all(hand.map((right) => made(right, 'TEST', alone)));
  const document = await compared([a!, b!, c!]);
  expect(document.pairs.map((each) => [each.a, each.b, each.p, each.p_corrected, each.verdict])).toEqual([
    [a, b, 1, 1, 'may be chance'],
    [a, c, 2 / 2 ** 10, (3 * 2) / 2 ** 10, 'real'],
    [b, c, 2 / 2 ** 9, (2 * 2) / 2 ** 9, 'real'],
  ]);
  expect(document.pairs[1]!.difference).toBeCloseTo(10 / 12, 12);
  expect(document.comparisons).toHaveLength(6);
  expect(document.comparisons.slice(0, 3)).toEqual(document.pairs);
  expect(document).toMatchObject({
    images: 12,
    groups: 12,
    validation: { images: 12, groups: 12 },
    notes: [],
  });
  expect(printed).toContain('On test images A is better than C by 83.3 points; that is more than chance');
  expect(printed).toContain('On test images the difference of 8.3 points between A and B may be chance');
});

it('is no bolder than what is known: without groups no difference is called real', async () => {
  const [a, b, c] = await Promise.all(hand.map((right) => made(right)));
  const document = await compared([a!, b!, c!]);
  expect(document.pairs.map(({ p, verdict, real }) => [p, verdict, real])).toEqual([
    [1, 'may be chance', false],
    [2 / 2 ** 10, 'not known', false],
    [2 / 2 ** 9, 'not known', false],
  ]);
  expect(document.groups).toBeNull();
  expect(document.grouping).toMatchObject({ origin: 'unknown', unit: 'image' });
  expect(printed).toMatch(
    /A is better than C by 83\.3 points; the data cannot tell whether that is more than chance, because it is not known which images belong together/,
  );
  expect(printed).toMatch(
    /Which images belong together is not known, because .*no-such-images: there is no such folder/,
  );
});

it('goes by the fewest groups that any of the runs knows, in whatever order they are named', async () => {
  const halves = (image: string) => String(Number(/(\d+)\.png/.exec(image)![1]!) % 2);
  const [a, b] = [await made(hand[0], 'TEST', alone), await made(hand[2], 'TEST', halves)];
  for (const runs of [
    [a, b],
    [b, a],
  ]) {
    expect(await compared(runs)).toMatchObject({ groups: 2, pairs: [{ p: 0.5, verdict: 'may be chance' }] });
  }
});

it('counts groups, not images, where it knows them: three photographs are too few, however many images they have', async () => {
  const smear = smallSettings({
    dataset: { train_sources_per_class: 2, test_sources_per_class: 2, images_per_source: 6 },
    split: { strategy: 'keras' },
  });
  const data = await dataOf(runsDir, smear);
  const lost = new Set([...new Set(data.test.map(({ group }) => group))].slice(0, 3));
  const run = (isWrong: (group: string | null) => boolean) => {
    const rows = (images: typeof data.test) =>
      images.map(({ name, label, group }): PredictionRow => {
        const predicted = isWrong(group) ? (label + 1) % data.classes.length : label;
        const probabilities = data.classes.map((_, k) => (k === predicted ? 0.7 : 0.1));
        return {
          file: name,
          label: data.classes[label]!,
          predicted: data.classes[predicted]!,
          probabilities,
        };
      });
    const predicted = { validation: rows(data.validation), test: rows(data.test) };
    return writeRun(runsDir, smear, predicted, data);
  };
  const [a, b] = [await run(() => false), await run((group) => lost.has(group))];
  const document = await compared([a, b]);
  expect(document.groups).toBe(2 * data.classes.length);
  const images = data.test.filter(({ group }) => lost.has(group)).length;
  // Both ways of each of three photographs are as likely: the difference is among the 2 largest of 2^3.
  expect(document.pairs[0]).toMatchObject({
    difference: images / data.test.length,
    p: 2 / 2 ** 3,
    real: false,
  });
  expect(images).toBeGreaterThan(6);
  expect(document.notes).toEqual([
    expect.stringMatching(/^8 of 8 \(100.0 %\) validation images have a twin in training/),
  ]);
  expect(printed).toContain('may be chance');
  // What was read again is kept, so that whoever may not read images says the same.
  const recorded = await compareRuns(openStore(runsDir), [a, b], { strict: false, cacheDir: 'none' });
  expect(recorded).toEqual(document);
});

it('refuses runs that were tested on different images and says what differs', async () => {
  const [a, b] = [await made('11'), await made('11', 'OTHER')];
  const refusal = runCompare({ runsDir, runs: [a, b], output: null });
  await expect(refusal).rejects.toThrow(UserError);
  await expect(refusal).rejects.toThrow(
    /tested on different images.*2 and 2 images; 2 only in the first, for instance TEST\/A\/0\.png; 2 only in the second, for instance OTHER/,
  );
  await expect(runCompare({ runsDir, runs: [a, a], output: null })).rejects.toThrow('was named twice');
});

it('gives the figures of a gap that predictions alone give where the images are gone', async () => {
  const run = await made('111111111110');
  const output = join(runsDir, 'gap.json');
  const options = { run, sweep: null, retrain: 3, runsDir, output };
  expect(await runGap(options)).toBe(0);
  const document = JSON.parse(readFileSync(output, 'utf8')) as Record<string, unknown>;
  expect(Object.keys(document)).toEqual(
    expect.arrayContaining([
      'run',
      'classes',
      'overall',
      'per_class',
      'confusion',
      'calibration',
      'leakage',
      'explanation',
    ]),
  );
  expect(document['leakage']).toMatchObject({
    validation_images_with_a_twin_in_training: null,
    fraction: null,
  });
  expect(printed).toMatch(/Leakage was not measured, because .*no-such-images: there is no such folder/);
  const page = readFileSync(join(runsDir, 'runs', run, 'gap', 'report.html'), 'utf8');
  expect(page).toContain('<svg role="img" aria-label=');
  expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
});
