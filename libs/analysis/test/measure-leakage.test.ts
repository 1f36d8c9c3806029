import type { GroupedImage } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { measureLeakage, type MeasureLeakageOptions } from '../src/gap/measure-leakage.ts';

/** `g1 s1 01`: an image that validates, of its group and scene, with the fold of each repeat. */
function keptImages(...texts: string[]): GroupedImage[] {
  return texts.map((text, i) => {
    const [group, scene, folds] = text.split(' ') as [string, string, string | undefined];
    const path = `cat/${i}.png`;
    const dealt = folds && { folds: Array.from(folds, Number) };
    return { path, split: 'validation', class: 'cat', group, scene, ...dealt };
  });
}

async function figuresOf(images: readonly GroupedImage[]) {
  const { figures } = await measureLeakage({
    run: {},
    found: { missing: 'its images are gone' },
    kept: { origin: 'detected', twins: 2, images },
    tested: { evidence: null, files: null, missing: null, figures: {} },
  } as unknown as MeasureLeakageOptions);
  return [figures.crossings, figures.scene_crossings];
}

it('groups and scenes that folds tear are told where the images are gone, if the folds are kept', async () => {
  const torn = keptImages('g1 s1 00', 'g1 s1 01', 'g2 s1 11', 'g3 s2 10');
  const crossing = { from: 'train', to: 'validation', groups: 1 };
  expect(await figuresOf(torn)).toEqual([
    [{ ...crossing, images: 2, images_in_to: 2 }],
    [{ ...crossing, images: 3, images_in_to: 3 }],
  ]);
  expect(await figuresOf(torn.map((image) => ({ ...image, folds: undefined })))).toEqual([[], []]);
});
