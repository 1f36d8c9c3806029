import { Random, WasmMemory } from '@thaw/base';
import { describe, expect, test } from 'vitest';
import { calmPixels, countOf, flatPixels, noisySquares, runsOf } from '../src/duplicates/describe/masks.ts';
import { PlaneMaker } from '../src/duplicates/describe/planes.ts';

/** What WebAssembly computes of pixels and masks, beside the same in plain loops. */
const sizes = [
  [160, 120],
  [37, 21],
  [16, 3],
  [3, 40],
  [40, 1],
  [1, 1],
] as const;

/** Values that differ little from their neighbours, but for some. */
function pixelsOf(width: number, height: number) {
  const random = new Random('pixels', width, height);
  const data = Uint8Array.from({ length: 3 * width * height }, () =>
    random.uniform() < 0.05 ? random.int(256) : 100 + random.int(5),
  );
  return { width, height, data };
}

function maskOf(width: number, height: number, share: number) {
  const random = new Random('mask', width, share);
  return Uint8Array.from({ length: width * height }, () => (random.uniform() < share ? 1 : 0));
}

test.each(sizes)('calm pixels of %d x %d are within, and as all four beside them', (width, height) => {
  const random = new Random('calm', width, height);
  const grey = Uint8Array.from({ length: width * height }, () => {
    const kind = random.uniform();
    return kind < 0.02 ? 0 : kind < 0.05 ? random.int(256) : 100 + random.int(15);
  });
  const expected = grey.map((own, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return 0;
    const all = [own, grey[at - 1]!, grey[at + 1]!, grey[at - width]!, grey[at + width]!];
    return !all.includes(0) && Math.max(...all) - Math.min(...all) <= 12 ? own : 0;
  });
  // What an earlier image left there counts for nothing.
  calmPixels(new Uint8Array(width * height).fill(9), width, height, 255);
  expect([...calmPixels(grey, width, height, 12)]).toEqual([...expected]);
});

test.each(sizes)('flat pixels of %d x %d are as those to their left and above', (width, height) => {
  const image = pixelsOf(width, height);
  const valid = maskOf(width, height, 0.9);
  const expected = valid.map((own, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x === 0 || y === 0) return 0;
    const isAlike = (other: number) =>
      [0, 1, 2].every((k) => Math.abs(image.data[3 * at + k]! - image.data[3 * other + k]!) <= 3);
    return isAlike(at - 1) && isAlike(at - width) ? own : 0;
  });
  expect([...flatPixels(image, valid, 3)]).toEqual([...expected]);
});

test.each(sizes)('noisy squares of %d x %d pixels differ both ways', (width, height) => {
  const { data } = pixelsOf(width, height);
  const [columns, rows] = [Math.floor((width - 2) / 4), Math.floor((height - 2) / 4)];
  const differences = (row: number, column: number, places: number) => {
    let sum = 0;
    for (let y = 4 * row; y < 4 * row + 4; y++)
      for (let at = (y * width + 4 * column) * 3; at < (y * width + 4 * column + 4) * 3; at++)
        sum += Math.abs(data[at]! - data[at + places]!);
    return sum;
  };
  const expected: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      expected.push(
        Math.min(differences(row, column, 6), differences(row, column, 6 * width)) >= 300 ? 1 : 0,
      );
  const found = noisySquares({ width, height, data }, columns, rows, 300);
  expect(found && [...found]).toEqual(expected.includes(1) ? expected : null);
});

test.each(sizes.flatMap((size) => [0, 0.1, 0.5, 0.97, 1].map((share) => [...size, share] as const)))(
  'runs of a mask of %d x %d pixels, of which %f are set, end with their row',
  (width, height, share) => {
    const mask = maskOf(width, height, share);
    const expected: number[] = [];
    for (const [at, value] of mask.entries()) {
      const isFirst = at % width === 0;
      if (value === 1 && (isFirst || mask[at - 1] === 0)) expected.push(at);
      if (value === 1 && (at % width === width - 1 || mask[at + 1] === 0)) expected.push(at + 1);
    }
    expect([...runsOf(mask, width, height)]).toEqual(expected);
    expect(countOf(mask)).toBe(mask.filter((value) => value === 1).length);
  },
);

describe.each(sizes)('of %d x %d pixels', (width, height) => {
  const memory = new WasmMemory(2 ** 20);
  const maker = new PlaneMaker(memory, 160);
  const plane = () => ({ width, height, data: memory.float32(160 * 160).subarray(0, width * height) });

  test('the brightness counts green most', () => {
    const { data } = pixelsOf(width, height);
    const grey = plane();
    maker.brightness(data, grey);
    const expected = grey.data.map(
      (_, i) => 0.3 * data[3 * i]! + 0.59 * data[3 * i + 1]! + 0.11 * data[3 * i + 2]!,
    );
    expect(grey.data).toEqual(expected);
  });

  test('the grain says what is brighter and what is darker', () => {
    const random = new Random('grain', width);
    const [grey, smooth] = [plane(), plane()];
    for (let i = 0; i < grey.data.length; i++) {
      smooth.data[i] = random.uniform(0, 255);
      grey.data[i] = smooth.data[i]! + random.uniform(-0.5, 0.5);
    }
    const codes: number[] = [];
    for (let y = 0; y < (height & ~1); y++)
      for (let x = 0; x < (width & ~1); x++) {
        const difference = grey.data[y * width + x]! - smooth.data[y * width + x]!;
        codes.push(difference > 0.2 ? 1 : difference < -0.2 ? 2 : 0);
      }
    const packed = maker.grain(grey, smooth);
    expect(Array.from(codes, (_, i) => (packed[i >> 2]! >> (2 * (i & 3))) & 3)).toEqual(codes);
    expect(packed.length).toBe(codes.length / 4);
  });
});
