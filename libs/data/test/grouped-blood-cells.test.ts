import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImageFile } from '../src/index.ts';
import { load, makeFolder } from './make-images.ts';

const bloodCells = new URL('../../../../shared/data/blood-cells', import.meta.url).pathname;
const classes = ['EOSINOPHIL', 'LYMPHOCYTE'];

/** A part of the Kaggle set, by links: of each class the first files of TRAIN and of TEST by name. */
async function partOfSet(train: number, test: number): Promise<string> {
  const folder = await makeFolder();
  for (const [set, count] of [
    ['TRAIN', train],
    ['TEST', test],
  ] as const) {
    for (const label of classes) {
      const from = join(bloodCells, 'images', set, label);
      await mkdir(join(folder, set, label), { recursive: true });
      for (const name of readdirSync(from).sort().slice(0, count)) {
        await symlink(join(from, name), join(folder, set, label, name));
      }
    }
  }
  return folder;
}

describe('a detected grouped split of blood cells', () => {
  it.skipIf(!existsSync(bloodCells))(
    'has no photograph on both sides, and holds its fraction to within one group (needs ../shared)',
    async () => {
      const rows = readFileSync(join(bloodCells, 'source-map-train-eosinophil-lymphocyte.csv'), 'utf8');
      const sources = new Map(
        rows
          .trim()
          .split('\n')
          .map((row) => row.split(',') as [string, string]),
      );
      const folder = await partOfSet(160, 10);
      const split = { strategy: 'grouped', groups: 'detect' };
      const { train, validation } = await load(folder, {}, split);
      const known = (images: readonly ImageFile[]) => new Set(images.map(({ name }) => sources.get(name)!));
      const [inTraining, inValidation] = [known(train), known(validation)];
      expect(inTraining.has(undefined as never)).toBe(false);
      expect([...inValidation].filter((source) => inTraining.has(source))).toEqual([]);
      for (const label of [0, 1]) {
        const all = [...train, ...validation].filter((image) => image.label === label);
        const sizes = new Map<string, number>();
        for (const { group } of all) sizes.set(group!, (sizes.get(group!) ?? 0) + 1);
        const held = validation.filter((image) => image.label === label).length;
        expect(Math.abs(held - 0.2 * all.length)).toBeLessThanOrEqual(Math.max(...sizes.values()));
      }
      // Keras's split of the same images leaks.
      const keras = await load(folder);
      const trained = known(keras.train);
      const twins = keras.validation.filter(({ name }) => trained.has(sources.get(name)!));
      expect(twins.length / keras.validation.length).toBeGreaterThan(0.8);
    },
  );
});
