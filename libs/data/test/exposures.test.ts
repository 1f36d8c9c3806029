import { expect, test } from 'vitest';
import { isOtherField, mayBeOtherField, overlapOfFields } from '../src/duplicates/groups/exposures.ts';
import type { ImageStore } from '../src/duplicates/image-store.ts';
import { invert, type Affinity } from '../src/duplicates/verify/affinity.ts';
import type { Comparison } from '../src/duplicates/verify/comparison.ts';

/** An image by the pixels of its file, and where its picture lies in it; the rest is padding. */
interface Padded {
  readonly size: readonly [width: number, height: number];
  readonly picture: readonly [left: number, top: number, width: number, height: number];
}

/** As much of an image store as tells where pictures lie. */
function storeOf(...images: readonly Padded[]): ImageStore {
  const plates = images.map(({ size: [width, height], picture: [left, top, across, down] }) =>
    Uint8Array.from({ length: (width * height) / 4 }, (_, i) => {
      const [x, y] = [2 * (i % (width / 2)), 2 * Math.floor(i / (width / 2))];
      return x >= left && x < left + across && y >= top && y < top + down ? 9 : 0;
    }),
  );
  return {
    sizes: Uint8Array.from(images.flatMap(({ size: [width, height] }) => [0, width / 2, height / 2, 1])),
    plates: Uint8Array.from(plates.flatMap((plate) => [...plate])),
    firstPixel: (image: number) => plates.slice(0, image).reduce((sum, { length }) => sum + length, 0),
  } as unknown as ImageStore;
}

function link(affinity: Affinity, more: Partial<Comparison> = {}): Comparison {
  return {
    a: 0,
    b: 1,
    confidence: 0.99,
    distance: 0.02,
    affinity,
    isInverted: false,
    agreement: { share: 0.99, correlation: 0.98, patches: 100, conflicts: 0 },
    isAmbiguous: false,
    isDrawing: false,
    isTurned: false,
    grain: null,
    ...more,
  };
}

const whole = (width: number, height: number): Padded => ({
  size: [width, height],
  picture: [0, 0, width, height],
});
const moved = (x: number, y: number): Affinity => [1, 0, x, 0, 1, y];

test.each([
  ['a square and its lower half', whole(160, 160), whole(160, 80), moved(0, -80), 1],
  ['a square and its upper half', whole(160, 160), whole(160, 80), moved(0, 0), 1],
  [
    'a picture that was padded to a square, and its file',
    { size: [160, 160], picture: [0, 40, 160, 80] },
    whole(160, 80),
    moved(0, -40),
    1,
  ],
  [
    'two pictures that were padded at the top and at the bottom',
    { size: [160, 160], picture: [0, 70, 160, 90] },
    { size: [160, 160], picture: [0, 0, 160, 90] },
    moved(0, -70),
    1,
  ],
  ['fields of which each shows half of the next', whole(160, 120), whole(160, 120), moved(-80, 0), 0.5],
  ['fields that share a corner', whole(160, 120), whole(160, 120), moved(32, 24), 0.64],
  ['a picture that was turned', whole(160, 120), whole(120, 160), [0, -1, 119, 1, 0, 0], 1],
] satisfies [string, Padded, Padded, Affinity, number][])(
  '%s show so much of each other, whichever comes first',
  (_, a, b, affinity, overlap) => {
    expect(overlapOfFields(storeOf(a, b), link(affinity))).toBeCloseTo(overlap, 6);
    expect(overlapOfFields(storeOf(b, a), link(invert(affinity)))).toBeCloseTo(overlap, 6);
  },
);

const grain = { patches: 40, same: 3, isInPlace: false };

test('two images whose grain differs, or cannot be seen, may be fields side by side, not where one lies on the other as a whole', () => {
  const beside = link(moved(-80, 0), { grain });
  expect(mayBeOtherField(beside, 0.5)).toBe(true);
  expect(mayBeOtherField({ ...beside, grain: { ...grain, same: 35 } }, 0.5)).toBe(false);
  const unseen = { ...beside, grain: { ...grain, patches: 0 } };
  expect(mayBeOtherField(unseen, 0.5)).toBe(true);
  expect(mayBeOtherField(unseen, 0.65)).toBe(false);
  for (const inPlace of [grain, unseen.grain].map((each) => ({ ...each, isInPlace: true })))
    expect(mayBeOtherField({ ...beside, grain: inPlace }, 0.5)).toBe(false);
});

test('they are two photographs where copies of the set keep their grain, of which these show some', () => {
  const beside = link(moved(-80, 0), { grain });
  expect(isOtherField(beside, 0.8)).toBe(true);
  expect(isOtherField(beside, null)).toBe(false);
  expect(isOtherField({ ...beside, grain: { ...grain, patches: 0 } }, 0.8)).toBe(false);
});
