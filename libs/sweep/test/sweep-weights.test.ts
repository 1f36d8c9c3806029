import { settingsSchema } from '@thaw/experiment';
import { expect, it } from 'vitest';
import { weightsChanges, weightsOf } from '../src/begin/sweep-weights.ts';
import { trial } from './support/fixtures.ts';

const settings = settingsSchema.parse({ model: { weights: 'net.h5' } });
const read = { model: settings.model, origin: 'net.h5', sha256: 'now' };

/**
 * What a sweep says whose trials ended with weights of these hashes; undefined for one whose record says none. Every other trial takes
 * its images larger.
 */
function changes(...hashes: (string | undefined)[]) {
  const store = {
    run: (id: string) => {
      const sha256 = hashes[Number(id.slice('run-'.length))];
      return Promise.resolve({ provenance: { ...(sha256 && { weights: { sha256 } }) } } as never);
    },
  };
  const sizes = [128, 160];
  const known = hashes.map((_, i) => ({ ...trial(i), parameters: { 'model.image_size': sizes[i % 2]! } }));
  const weights = sizes.map((image_size) => ({ ...read, model: { ...read.model, image_size } }));
  return weightsChanges(store, known, { settings }, weights);
}

it('a sweep is told where its trials have started from other weights than are there now', async () => {
  expect(await changes(undefined, 'then', 'then')).toEqual([
    'trial 1 started from other weights than net.h5 has now (SHA-256 then, not now)',
  ]);
  expect(await changes(undefined, 'now')).toEqual([]);
});

it('weights are those of the trials that start from that file, and of none that draws its own', () => {
  expect(weightsOf(settings, [read])?.sha256).toBe('now');
  for (const model of [{ weights: 'other.h5' }, { weights: 'random' }, { scenario: 'from_scratch' }]) {
    const other = settingsSchema.parse({ model: { ...settings.model, ...model } });
    expect(weightsOf(other, [read])).toBeUndefined();
  }
});
