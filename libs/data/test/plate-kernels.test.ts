import { tmpdir } from 'node:os';
import { Random } from '@thaw/base';
import { describe, expect, test } from 'vitest';
import { outlineWords } from '../src/duplicates/describe/outline.ts';
import { GrainFile } from '../src/duplicates/grain-file.ts';
import { ImageStore } from '../src/duplicates/image-store.ts';
import { compose, type Affinity } from '../src/duplicates/verify/affinity.ts';
import { agreementOf, PatchComparer } from '../src/duplicates/verify/agreement.ts';
import { PixelAligner } from '../src/duplicates/verify/align-pixels.ts';
import { PlateBender } from '../src/duplicates/verify/bend.ts';
import { BlockPulls } from '../src/duplicates/verify/block-pulls.ts';
import { ResampledPlates } from '../src/duplicates/verify/resampled-plate.ts';
import { affinityOf, warpOf } from '../src/duplicates/verify/warp.ts';

/** What kernels compute of two plates, beside the same in plain loops. */
type Value = (x: number, y: number) => number;

function storeOf(...plates: { width: number; height: number; value: Value }[]): ImageStore {
  const store = new ImageStore(plates.length, GrainFile.in(tmpdir()));
  for (const [image, { width, height, value }] of plates.entries()) {
    const data = Uint8Array.from({ length: width * height }, (_, i) =>
      Math.round(value(i % width, Math.floor(i / width))),
    );
    store.set(image, {
      keypoints: new Float32Array(),
      descriptors: new Uint8Array(),
      plate: { width, height, data },
      grain: new Uint8Array(),
      isDrawing: false,
      frame: { left: 0, top: 0, width: 0, height: 0 },
      whole: new Int32Array(outlineWords),
    });
  }
  return store;
}

/** Waves of many lengths, from 1 to 255. */
function waves(seed: string): Value {
  const random = new Random(seed);
  const parts = Array.from({ length: 25 }, () =>
    [random.uniform(-0.6, 0.6), random.uniform(-0.6, 0.6), random.uniform(0, 6)].concat(
      random.uniform(2, 14),
    ),
  ) as [number, number, number, number][];
  return (x, y) =>
    Math.max(
      1,
      Math.min(
        255,
        parts.reduce((sum, [u, v, phase, size]) => sum + size * Math.sin(u * x + v * y + phase), 128),
      ),
    );
}

/** With holes, where a plate shows nothing. */
const holed =
  (value: Value): Value =>
  (x, y) =>
    (x * 7 + y * 3) % 31 === 0 ? 0 : value(x, y);

const turned: Affinity = [0.93, -0.21, 9.3, 0.18, 1.04, -4.6];

test.each([
  [80, 60, 80, 80, false],
  [80, 80, 61, 80, true],
  [33, 80, 80, 20, false],
  [7, 5, 80, 80, false],
  [0, 80, 80, 80, false],
])(
  'a plate of %d x %d pixels shows what one of %d x %d has there, inverted: %s',
  (width, height, widthB, heightB, isInverted) => {
    const store = storeOf(
      { width, height, value: holed(waves('a')) },
      { width: widthB, height: heightB, value: holed(waves('b')) },
    );
    const warp = warpOf(turned, width, height);
    warp.coefficients.set([1.5, -2, 1], 3);
    warp.coefficients.set([-1, 0.5, 2], 9);
    const plates = new ResampledPlates();
    // What was drawn before leaves nothing, bent or not, at this size or another.
    plates.draw(store, 1, 1, warpOf([1, 0, 0, 0, 1, 0], widthB, heightB), false);
    for (const offset of Object.values(plates.offsets)) offset.fill(3);
    plates.draw(store, 0, 1, warpOf([1, 0, 0, 0, 1, 0], width, height), false, true);
    plates.draw(store, 0, 1, warp, isInverted);
    const other = (x: number, y: number) => store.plate(1)[y * widthB + x]!;
    let shared = 0;
    for (let y = 0; y < plates.first.length / plates.stride; y++) {
      for (let x = 0; x < plates.stride; x++) {
        const at = y * plates.stride + x;
        const [u, v] = [(x - warp.middleX) * warp.scale, (y - warp.middleY) * warp.scale];
        const along = (first: number) =>
          [1, u, v, u * u, u * v, v * v].reduce(
            (sum, term, i) => sum + term * warp.coefficients[first + i]!,
            0,
          );
        const [toX, toY] = [along(0), along(6)];
        const [column, line] = [Math.floor(toX), Math.floor(toY)];
        const own = x < width && y < height ? store.plate(0)[y * width + x]! : 0;
        const isIn = toX >= 0 && toY >= 0 && toX < widthB - 1 && toY < heightB - 1;
        const four = isIn ? [0, 1].flatMap((j) => [0, 1].map((i) => other(column + i, line + j))) : [0];
        // Single precision may take the next pixel here.
        if ([toX, toY].some((place) => Math.abs(place - Math.round(place)) < 1e-4)) {
          if (plates.second[at] !== 0) shared++;
          continue;
        }
        if (own === 0 || four.includes(0)) {
          expect([plates.first[at], plates.second[at]]).toEqual([0, 0]);
          continue;
        }
        const [nw, ne, sw, se] = four as [number, number, number, number];
        const [fx, fy] = [toX - column, toY - line];
        const value = (nw * (1 - fx) + ne * fx) * (1 - fy) + (sw * (1 - fx) + se * fx) * fy;
        expect(plates.first[at]).toBe(own);
        expect(plates.second[at]).toBeCloseTo(isInverted ? 256 - value : value, 2);
        shared++;
      }
    }
    expect(plates.shared).toBe(shared);
  },
);

describe('patches', () => {
  /** Deviation and correlation of 7 x 7 values without their mean and slopes. */
  function reference(a: readonly number[], b: readonly number[]) {
    const rest = (values: readonly number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / 49;
      const place = (i: number) => [(i % 7) - 3, Math.floor(i / 7) - 3] as const;
      const slopes = [0, 1].map((k) => values.reduce((sum, value, i) => sum + value * place(i)[k]!, 0) / 196);
      return values.map((value, i) => value - mean - slopes[0]! * place(i)[0] - slopes[1]! * place(i)[1]);
    };
    const [restA, restB] = [rest(a), rest(b)];
    const product = (x: readonly number[], y: readonly number[]) =>
      x.reduce((sum, value, i) => sum + value * y[i]!, 0) / 49;
    const [varianceA, varianceB] = [product(restA, restA), product(restB, restB)];
    const variance = Math.max(varianceA, varianceB);
    if (Math.min(varianceA, varianceB) < 2.25 && variance < 36) return { weight: 0, correlation: 0 };
    const length = Math.sqrt(Math.max(varianceA, 2.25) * Math.max(varianceB, 2.25));
    return {
      weight: Math.min(16, Math.sqrt(variance)),
      correlation: Math.max(0, product(restA, restB) / length),
    };
  }

  test.each([
    [80, 60, 1],
    [61, 80, 2],
    [7, 7, 1],
    [6, 80, 1],
  ] as const)('of plates of %d x %d pixels, every %d', (width, height, step) => {
    const [a, b] = [waves('a'), waves('b')];
    // Flat on the left, the same in the middle, different on the right.
    const value: Value = (x, y) => (x < 20 ? 100 + (y % 2) : x < 45 ? a(x, y) : b(x, y));
    const store = storeOf(
      { width, height, value: (x, y) => (x === 33 && y === 3 ? 0 : x < 20 ? 90 + (x % 2) : a(x, y)) },
      { width: 80, height: 80, value },
    );
    const plates = new ResampledPlates();
    plates.draw(store, 0, 1, warpOf([1, 0, 0, 0, 1, 0], width, height), false);
    const found = new PatchComparer(plates).compare(step);
    expect([found.columns, found.rows]).toEqual(
      [width, height].map((length) => Math.max(0, Math.floor((length - 7) / 4) + 1)),
    );
    for (let i = 0; i < found.weights.length; i++) {
      const [column, row] = [i % found.columns, Math.floor(i / found.columns)];
      const valuesOf = (plane: Float32Array) =>
        Array.from(
          { length: 49 },
          (_, k) => plane[(row * 4 + Math.floor(k / 7)) * plates.stride + column * 4 + (k % 7)]!,
        );
      const [first, second] = [valuesOf(plates.first), valuesOf(plates.second)];
      const isShown = !first.includes(0) && row % step === 0 && column % step === 0;
      const expected = isShown ? reference(first, second) : { weight: 0, correlation: 0 };
      expect(found.shown[i]).toBe(isShown ? 1 : 0);
      expect(found.weights[i]).toBeCloseTo(expected.weight, 3);
      expect(found.correlations[i]).toBeCloseTo(expected.correlation, 4);
    }
  });
});

test.each([
  [80, 60],
  [60, 80],
  [48, 48],
])('plates of %d x %d pixels are brought to where their pixels agree', (width, height) => {
  const scene = waves('scene');
  // The second is darker, has less contrast, and something lies over a part of it.
  const [p, q, r, s, t, u] = turned;
  const store = storeOf(
    { width, height, value: (x, y) => scene(p * x + q * y + r, s * x + t * y + u) },
    {
      width: 80,
      height: 80,
      value: (x, y) => (x > 40 && x < 56 && y > 20 && y < 40 ? 40 : 20 + 0.7 * scene(x, y)),
    },
  );
  const plates = new ResampledPlates();
  const aligner = new PixelAligner(plates, new BlockPulls(plates));
  const start = compose(turned, [1.01, 0.008, -0.6, -0.01, 0.99, 0.7]);
  const warp = aligner.align(store, 0, 1, aligner.align(store, 0, 1, start, false), false);
  const [a, b, c, d, e, f] = affinityOf(warp);
  for (const x of [10, width - 10]) {
    for (const y of [10, height - 10]) {
      expect(Math.abs(a * x + b * y + c - (p * x + q * y + r))).toBeLessThan(0.3);
      expect(Math.abs(d * x + e * y + f - (s * x + t * y + u))).toBeLessThan(0.3);
    }
  }
});

test('a plate that was moved by waves, as an elastic copy is, is bent back; another scene is not', () => {
  const scene = waves('scene');
  const wave = (place: number, phase: number) => 1.5 * Math.sin((2 * Math.PI * place) / 45 + phase);
  const store = storeOf(
    { width: 80, height: 80, value: scene },
    { width: 80, height: 80, value: (x, y) => scene(x + wave(y, 1), y + wave(x, 2)) },
    { width: 80, height: 80, value: waves('other') },
  );
  const plates = new ResampledPlates();
  const pulls = new BlockPulls(plates);
  const [aligner, bender, patches] = [
    new PixelAligner(plates, pulls),
    new PlateBender(plates, pulls),
    new PatchComparer(plates),
  ];
  const shares = [1, 2].map((other) => {
    const rough = aligner.align(store, 0, other, [1, 0, 0, 0, 1, 0], false);
    const warp = aligner.align(store, 0, other, rough, false);
    const before = agreementOf(patches.compare()).share;
    bender.bend(store, 0, other, warp, false);
    return { before, after: agreementOf(patches.compare()).share };
  });
  expect(shares[0]!.before).toBeLessThan(0.8);
  expect(shares[0]!.after).toBeGreaterThan(0.95);
  expect(shares[1]!.after).toBeLessThan(0.2);
});
