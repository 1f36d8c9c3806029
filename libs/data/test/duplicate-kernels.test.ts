import { tmpdir } from 'node:os';
import { Random, WasmMemory } from '@thaw/base';
import { describe, expect, test } from 'vitest';
import { Blur } from '../src/duplicates/describe/blur.ts';
import { mostKeypoints } from '../src/duplicates/describe/describe-image.ts';
import { descriptorLength, DescriptorWriter, mirrored } from '../src/duplicates/describe/descriptors.ts';
import { DirectionFinder } from '../src/duplicates/describe/directions.ts';
import { Erosion } from '../src/duplicates/describe/erosion.ts';
import { ExtremumFinder } from '../src/duplicates/describe/extrema.ts';
import { GrainFile } from '../src/duplicates/grain-file.ts';
import { ImageStore } from '../src/duplicates/image-store.ts';
import { bitCount, matchKeypoints, sketchTolerance } from '../src/duplicates/verify/match-keypoints.ts';
import type { Plane } from '../src/duplicates/describe/plane.ts';
import { ScaleSpaceBuilder, type Octave } from '../src/duplicates/describe/scale-space.ts';
import { OutlineSearch } from '../src/duplicates/candidates/lookalikes.ts';
import { outlineWords } from '../src/duplicates/describe/outline.ts';
import { learnVocabulary, WordReader, wordsPerKeypoint } from '../src/duplicates/candidates/visual-words.ts';
import { CandidateSearch } from '../src/duplicates/candidates/candidate-search.ts';
import { buildWordIndex } from '../src/duplicates/candidates/word-index.ts';

/** What WebAssembly computes, beside the same in plain loops. */
const side = 64;
const memory = () => new WasmMemory(2 ** 20);

function planeIn(memory: WasmMemory, width: number, height: number, value: (x: number, y: number) => number) {
  const data = memory.float32(width * height);
  for (let i = 0; i < data.length; i++) data[i] = value(i % width, Math.floor(i / width));
  return { width, height, data };
}

const noise = (seed: number) => {
  const random = new Random('noise', seed);
  return () => random.uniform(0, 255);
};

describe('blur', () => {
  test.each([
    [1, 1, 0.6],
    [3, 5, 0.6],
    [16, 16, 0.7],
    [37, 21, 1.4],
    [64, 48, 5.8],
    [5, 64, 30],
  ])('of %d x %d pixels by %f sums three taps along rows, then columns', (width, height, variance) => {
    const room = memory();
    const blur = new Blur(room, side);
    const plane = planeIn(room, width, height, noise(width));
    const [to, change] = [planeIn(room, width, height, () => 0), planeIn(room, width, height, () => 0)];
    blur.blur(plane, variance, to, change);
    const reach = Math.ceil(Math.sqrt(1.5 * variance));
    const weight = variance / (2 * reach * reach);
    const inside = (at: number, length: number) => Math.max(0, Math.min(length - 1, at));
    const taps = (at: (step: number) => number) =>
      (1 - 2 * weight) * at(0) + weight * (at(-reach) + at(reach));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const row = (y: number) => taps((step) => plane.data[y * width + inside(x + step, width)]!);
        const expected = taps((step) => row(inside(y + step, height)));
        expect(to.data[y * width + x]).toBeCloseTo(expected, 3);
        expect(change.data[y * width + x]).toBeCloseTo(expected - plane.data[y * width + x]!, 3);
      }
    }
  });
});

test.each([
  [64, 64],
  [37, 21],
  [16, 3],
  [2, 40],
  [40, 1],
])('erosion of %d x %d pixels keeps the edge, and what is valid with all its neighbours', (width, height) => {
  const room = memory();
  const random = new Random('mask', width);
  const valid = Uint8Array.from({ length: width * height }, () => (random.uniform(0, 1) < 0.9 ? 1 : 0));
  const to = room.uint8(width * height);
  new Erosion(room, side).erode(valid, width, height, to);
  const expected = valid.map((own, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return own;
    const rows = [i - width, i, i + width].map((middle) => valid.subarray(middle - 1, middle + 2));
    return rows.every((row) => row.every((value) => value === 1)) ? 1 : 0;
  });
  expect(to).toEqual(expected);
});

describe('extrema', () => {
  const isExtremum = ({ differences }: Octave, level: number, x: number, y: number) => {
    const { width, data } = differences[level]!;
    const value = data[y * width + x]!;
    const around = [-1, 0, 1].flatMap((level) =>
      [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [level, dx, dy] as const)),
    );
    return around.every(([dl, dx, dy]) => {
      const other = differences[level + dl]!.data[(y + dy) * width + x + dx]!;
      return (dl === 0 && dx === 0 && dy === 0) || (value > 0 ? other < value : other > value);
    });
  };
  /** The ratio of principal curvatures is at most 8. */
  const isRound = ({ width, data }: Plane, x: number, y: number) => {
    const at = (dx: number, dy: number) => data[(y + dy) * width + x + dx]!;
    const [dxx, dyy] = [at(1, 0) + at(-1, 0) - 2 * at(0, 0), at(0, 1) + at(0, -1) - 2 * at(0, 0)];
    const dxy = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / 4;
    const determinant = dxx * dyy - dxy * dxy;
    return determinant > 0 && (dxx + dyy) ** 2 / determinant <= 81 / 8;
  };

  test.each([
    [64, 64],
    [61, 47],
    [38, 64],
    [64, 9],
    [6, 6],
    [3, 30],
  ])('of %d x %d pixels of noise are the places above or below all 26 neighbours', (width, height) => {
    const room = memory();
    const builder = new ScaleSpaceBuilder(room, side);
    const space = builder.build(width, height, (pixels) => pixels.set(pixels.map(noise(height))));
    const valid = new Uint8Array(width * height).fill(1);
    const found = new ExtremumFinder(room, side).find(space, valid, Infinity);
    const expected: number[] = [];
    for (const octave of space) {
      for (const level of [1, 2]) {
        const plane = octave.differences[level]!;
        for (let y = 2; y < plane.height - 2; y++) {
          for (let x = 2; x < plane.width - 2; x++) {
            const strength = Math.abs(plane.data[y * plane.width + x]!);
            if (strength >= 0.6 && isExtremum(octave, level, x, y) && isRound(plane, x, y))
              expected.push(strength);
          }
        }
      }
    }
    expect(found.map(({ strength }) => strength)).toEqual(expected.sort((a, b) => b - a));
  });
});

const octaveOf = (plane: Plane): Octave => ({ pixel: 1, levels: [plane], differences: [] });
const keypoint = { x: 30.3, y: 28.6, sigma: 2.1, octave: 0, level: 0, strength: 1 };

test.each(Array.from({ length: 24 }, (_, i) => (i * Math.PI) / 12 + 0.05))(
  'a slope towards %f radians gives that direction',
  (angle) => {
    const room = memory();
    const slope = planeIn(room, 64, 50, (x, y) => x * Math.cos(angle) + y * Math.sin(angle));
    const found = new DirectionFinder(room).of(keypoint, octaveOf(slope));
    expect(found).toHaveLength(1);
    expect(Math.cos(found[0]! - angle)).toBeGreaterThan(Math.cos(0.02));
  },
);

test('a flat place gives the direction of the x axis', () => {
  const room = memory();
  const flat = planeIn(room, 64, 50, () => 7);
  expect(new DirectionFinder(room).of(keypoint, octaveOf(flat))).toEqual([0]);
});

describe('descriptors', () => {
  /** Gradients of 12 x 12 samples in cells of 3 x 3, each shared out among the cells around it; see descriptors.ts. */
  const reference = ({ width, height, data }: Plane, valid: Uint8Array, angle: number) => {
    const sums = new Float64Array(descriptorLength);
    const step = (keypoint.sigma * 10) / 12;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (let sample = 0; sample < 144; sample++) {
      const [u, v] = [(sample % 12) - 5.5, Math.floor(sample / 12) - 5.5];
      const x = Math.trunc(keypoint.x + 0.5 + step * (u * cos - v * sin));
      const y = Math.trunc(keypoint.y + 0.5 + step * (u * sin + v * cos));
      if (x < 1 || y < 1 || x >= width - 1 || y >= height - 1 || valid[y * width + x] === 0) continue;
      const at = y * width + x;
      const [gx, gy] = [data[at + 1]! - data[at - 1]!, data[at + width]! - data[at - width]!];
      const [along, across] = [gx * cos + gy * sin, gy * cos - gx * sin];
      for (let cell = 0; cell < 16; cell++) {
        const near = (at: number, cell: number) => Math.max(0, 1 - Math.abs((at + 5.5 - 1) / 3 - cell));
        const share =
          near(u, cell % 4) * near(v, Math.floor(cell / 4)) * Math.exp((-4 * (u * u + v * v)) / 144);
        for (const [k, value] of [along, -along, across, -across].entries()) {
          sums[cell * 4 + k]! += share * Math.max(0, value);
        }
      }
    }
    const unit = (values: Float64Array) => values.map((value) => value / (Math.hypot(...values) || 1));
    return unit(unit(sums).map((value) => Math.min(value, 0.25))).map((value) => Math.min(255, 510 * value));
  };

  test.each([0, 0.4, 1.7, 3.1, -1.2])(
    'at %f radians are the gradients around, where these are valid',
    (angle) => {
      const room = memory();
      // Small, so that some samples lie outside.
      const plane = planeIn(room, 41, 38, noise(9));
      const valid = room.uint8(41 * 38).map((_, i) => (i % 41 < 24 ? 0 : 1));
      const validInMemory = room.uint8(41 * 38);
      validInMemory.set(valid);
      const descriptor = new Uint8Array(descriptorLength);
      new DescriptorWriter(room).write({ ...keypoint, angle }, octaveOf(plane), validInMemory, descriptor, 0);
      const expected = reference(plane, valid, angle);
      for (const [i, value] of descriptor.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(0.6);
    },
  );
});

/** Images of random keypoints; every second one resembles those of the image before it, as it is or mirrored. */
function randomStore(count: number): ImageStore {
  const random = new Random('store');
  const store = new ImageStore(count, GrainFile.in(tmpdir()));
  const plate = { width: 1, height: 1, data: new Uint8Array(1) };
  let before = new Uint8Array(0);
  for (let image = 0; image < count; image++) {
    const keypoints = Float32Array.from({ length: mostKeypoints * 4 }, () => random.uniform(0, 30));
    const descriptors = Uint8Array.from({ length: mostKeypoints * descriptorLength }, (_, i) => {
      const from = image % 4 < 2 ? i : i - (i % descriptorLength) + mirrored[i % descriptorLength]!;
      const fresh = random.uniform(0, 1) ** 3 * 180;
      return image % 2 === 0 ? fresh : Math.min(255, 0.9 * before[from]! + 0.15 * fresh);
    });
    const some = mostKeypoints - (image % 3);
    store.set(image, {
      keypoints: keypoints.subarray(0, some * 4),
      descriptors: descriptors.subarray(0, some * descriptorLength),
      plate,
      grain: new Uint8Array(4),
      isDrawing: false,
      frame: { left: 0, top: 0, width: 0, height: 0 },
      whole: new Int32Array(outlineWords),
    });
    before = descriptors;
  }
  return store;
}

const squaredDistance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);

test('words are pairs of the nearest centres and the next ones, of half a descriptor and of its mirror image', () => {
  const store = randomStore(8);
  const vocabulary = learnVocabulary(store);
  const half = descriptorLength / 2;
  const centers = vocabulary.length / half;
  const words = new Uint16Array(store.allKeypoints * wordsPerKeypoint);
  const reader = new WordReader(store, vocabulary);
  for (let image = 0; image < store.count; image++) reader.read(image, words);
  for (let keypoint = 0; keypoint < store.allKeypoints; keypoint += 7) {
    const at = keypoint * descriptorLength;
    const plain = store.descriptors.subarray(at, at + descriptorLength);
    const [upper, lower] = [plain, plain.map((_, k) => plain[mirrored[k]!]!)].map((values) => {
      const apart = Array.from({ length: centers }, (_, i) =>
        squaredDistance(values.subarray(0, half), vocabulary.subarray(i * half, (i + 1) * half)),
      );
      return apart.map((_, i) => i).sort((a, b) => apart[a]! - apart[b]!);
    });
    const pairs = [0, 1].flatMap((i) => [0, 1].map((j) => upper![i]! * centers + lower![j]!));
    expect([...words.subarray(keypoint * wordsPerKeypoint, (keypoint + 1) * wordsPerKeypoint)]).toEqual(
      pairs,
    );
  }
  // A word is asked as a whole or not at all, and each of these has a keypoint at least.
  expect(new CandidateSearch(store, words, buildWordIndex(store, words), 0).candidates(0, 5)).toEqual([]);
});

test.each([Infinity, 400])(
  'the image that resembles another is its first candidate, with %d votes',
  (votes) => {
    const store = randomStore(40);
    const words = new Uint16Array(store.allKeypoints * wordsPerKeypoint);
    const reader = new WordReader(store, learnVocabulary(store));
    for (let image = 0; image < store.count; image++) reader.read(image, words);
    const search = new CandidateSearch(store, words, buildWordIndex(store, words), votes);
    for (let image = 0; image < store.count; image++) {
      const found = search.candidates(image, 5);
      expect(found[0]!.image).toBe(image ^ 1);
      expect(found.length).toBeLessThanOrEqual(5);
      expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
    }
  },
);

test('lookalikes are those of the 80 nearest by bits, as they are or inverted, whose bytes are nearest', () => {
  const random = new Random('outlines');
  const [count, bitWords, cells] = [200, 5, 144];
  const outlines = new Int32Array(count * outlineWords);
  const bytes = (image: number) =>
    new Int8Array(outlines.buffer, (image * outlineWords + bitWords) * 4, cells);
  const bits = (image: number) =>
    Array.from({ length: cells }, (_, i) => (outlines[image * outlineWords + (i >> 5)]! >>> (i & 31)) & 1);
  for (let image = 0; image < count; image++) {
    // Every second one is like the one before it, or like its negative.
    const sign = image % 4 === 3 ? -1 : 1;
    for (let i = 0; i < cells; i++) {
      const value = 40 * random.normal() + (image % 2 === 1 ? sign * bytes(image - 1)[i]! : 0);
      bytes(image)[i] = Math.max(-127, Math.min(127, Math.round(value)));
      if (bytes(image)[i]! > 0) outlines[image * outlineWords + (i >> 5)]! |= 1 << (i & 31);
    }
  }
  const cosine = (a: number, b: number) => {
    const product = (x: Int8Array, y: Int8Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
    const [x, y] = [bytes(a), bytes(b)];
    return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
  };
  const search = new OutlineSearch(outlines);
  for (let image = 0; image < count; image += 9) {
    const own = bits(image);
    const near = Array.from({ length: count }, (_, other) => {
      const differing = bits(other).filter((bit, i) => bit !== own[i]).length;
      return { other, differing: Math.min(differing, cells - differing), cosine: cosine(image, other) };
    })
      .filter(({ other }) => other !== image)
      .sort((a, b) => a.differing - b.differing || a.other - b.other)
      .slice(0, 80)
      .filter(({ cosine }) => Math.abs(cosine) >= 0.4)
      .sort((a, b) => Math.abs(b.cosine) - Math.abs(a.cosine) || a.other - b.other);
    expect(near[0]!.other).toBe(image ^ 1);
    expect(search.nearest(image, 4)).toEqual(
      near.slice(0, 4).map(({ other, cosine }) => ({ image: other, isInverted: cosine < 0 })),
    );
  }
  expect(new OutlineSearch(outlines.subarray(0, outlineWords)).nearest(0, 4)).toEqual([]);
});

describe('matches', () => {
  /** By the definition in match-keypoints.ts. */
  const reference = (store: ImageStore, a: number, b: number, mirror: boolean) => {
    const features = (image: number) =>
      Array.from({ length: store.keypointCount(image) }, (_, i) => {
        const at = store.firstKeypoint(image) + i;
        const [x, y] = store.keypoints.subarray(at * 4, at * 4 + 2);
        const sketch = store.sketches.subarray(at * 4, at * 4 + 4);
        const from = at * descriptorLength;
        return { x: x!, y: y!, sketch, descriptor: store.descriptors.slice(from, from + descriptorLength) };
      });
    const others = features(b);
    return features(a).flatMap(({ sketch, descriptor }, from) => {
      const wanted = mirror ? descriptor.map((_, k) => descriptor[mirrored[k]!]!) : descriptor;
      const [low, high] = mirror ? sketch.subarray(2) : sketch;
      const apart = others.map((other) =>
        bitCount(low! ^ other.sketch[0]!, high! ^ other.sketch[1]!) > sketchTolerance
          ? Infinity
          : squaredDistance(wanted, other.descriptor),
      );
      const to = apart.indexOf(Math.min(...apart));
      const { x, y } = others[to]!;
      const elsewhere = apart.filter(
        (_, i) => Math.abs(others[i]!.x - x) >= 3 || Math.abs(others[i]!.y - y) >= 3,
      );
      return apart[to]! < 130_000 && apart[to]! < 0.75 ** 2 * Math.min(Infinity, ...elsewhere)
        ? [{ from, to }]
        : [];
    });
  };

  const store = randomStore(8);
  test.each([
    [0, 1, false],
    [1, 0, false],
    [2, 3, true],
    [2, 3, false],
    [0, 5, false],
  ])(
    'of image %d in image %d (mirrored: %s) are the nearest that none elsewhere comes near',
    (a, b, mirror) => {
      const expected = reference(store, a, b, mirror);
      expect(matchKeypoints(store, a, b, mirror)).toEqual(expected);
      if (b - a === 1) expect(expected.length > 20).toBe(mirror === a % 4 > 1);
    },
  );
});
