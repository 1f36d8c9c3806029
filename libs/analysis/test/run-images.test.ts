import { UserError } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import type { KeptGroups, RunRecord } from '@thaw/tracking';
import { describe, expect, it } from 'vitest';
import { drawMap, silent } from '../src/index.ts';
import { keptLayouts, runImages, whyNoMap } from '../src/recorded.ts';

const run = { id: 'r', classes: ['a', 'b'], sealed: false, settings: null, imported: null };
const said = (file: string, label: string, predicted: string): PredictionRow => ({
  file,
  label,
  predicted,
  probabilities: predicted === 'a' ? [0.8, 0.2] : [0.1, 0.9],
});
const groups: KeptGroups = {
  origin: 'detected',
  images: [
    { path: 't/1', split: 'train', class: 'a', group: 'g1' },
    { path: 'v/1', split: 'validation', class: 'a', group: 'g1' },
    { path: 's/1', split: 'test', class: 'b', group: 'g2' },
  ],
};

function storeOf(kept: KeptGroups | null, rows: { validation?: PredictionRow[]; test?: PredictionRow[] }) {
  return {
    groups: () => Promise.resolve(kept),
    predictions: (_: string, split: 'validation' | 'test') =>
      rows[split]
        ? Promise.resolve(rows[split])
        : Promise.reject(new UserError('none', { kind: 'not-found' })),
  };
}

describe('runImages', () => {
  const rows = { validation: [said('v/1', 'a', 'b')], test: [said('s/1', 'b', 'b')] };

  it('says of each image where it was, what it is, what it was taken for and with what it belongs', async () => {
    expect(await runImages(storeOf(groups, rows), run)).toEqual({
      classes: ['a', 'b'],
      unit: 'photograph',
      images: [
        { file: 't/1', split: 'train', class: 'a', predicted: null, confidence: null, group: 'g1' },
        { file: 'v/1', split: 'validation', class: 'a', predicted: 'b', confidence: 0.9, group: 'g1' },
        { file: 's/1', split: 'test', class: 'b', predicted: 'b', confidence: 0.9, group: 'g2' },
      ],
      notes: [],
    });
  });

  it('knows without groups those that were predicted, and says what that costs', async () => {
    const { images, notes } = await runImages(storeOf(null, { test: rows.test }), run);
    expect(images.map(({ file, group }) => [file, group])).toEqual([['s/1', null]]);
    expect(notes).toEqual([
      'Images of one photograph are not collapsed: Thaw has not trained the run and knows no data set of it.',
    ]);
  });

  it('shows nothing of a sealed test set', async () => {
    const { images, notes } = await runImages(storeOf(groups, { validation: rows.validation }), {
      ...run,
      sealed: true,
    });
    expect(images.map(({ split }) => split)).toEqual(['train', 'validation']);
    expect(notes).toEqual(['The test images are not shown: nobody has looked at them yet.']);
  });

  it('passes damaged predictions on', async () => {
    const damaged = {
      groups: () => Promise.resolve(groups),
      predictions: () => Promise.reject(new UserError('line 3', { kind: 'damaged' })),
    };
    await expect(runImages(damaged, run)).rejects.toThrow('line 3');
  });
});

describe('a run without images', () => {
  const record = { ...run, state: 'finished', provenance: null } as unknown as RunRecord;
  const other = { ...record, settings: {}, provenance: { node: '20' } } as unknown as RunRecord;

  it.each([
    ['that Thaw did not train', record, 'Thaw has not trained the run and knows no data set of it'],
    ['that ended early', other, 'run r (finished) did not come so far as to read its images'],
  ])('%s has no map, and says why', async (_, each, why) => {
    expect(whyNoMap(each)).toBe(why);
    expect(await keptLayouts(each, 'nowhere')).toEqual([]);
    const store = {
      ...storeOf(null, {}),
      run: () => Promise.resolve(each),
      keepGroups: () => Promise.resolve(),
    };
    const drawn = drawMap(store, { run: 'r', cacheDir: 'nowhere', listener: silent });
    await expect(drawn).rejects.toThrow(`there is no map of run r: ${why}`);
  });
});
