import { tmpdir } from 'node:os';
import { Random } from '@thaw/base';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { compose, fitAffinity, invert, stretches, type Affinity } from '../src/duplicates/verify/affinity.ts';
import { maskBorders } from '../src/duplicates/describe/border-mask.ts';
import { describeImage, workingSide } from '../src/duplicates/describe/describe-image.ts';
import { decodePicture } from '../src/duplicates/describe/decode-picture.ts';
import { maskErased } from '../src/duplicates/describe/erased-mask.ts';
import { groundOf } from '../src/duplicates/describe/ground.ts';
import { countOf } from '../src/duplicates/describe/masks.ts';
import { outlineWords } from '../src/duplicates/describe/outline.ts';
import { noisyRegions } from '../src/duplicates/describe/painted-noise.ts';
import { GrainFile } from '../src/duplicates/grain-file.ts';
import { ImageStore } from '../src/duplicates/image-store.ts';
import { bitCount, matchKeypoints } from '../src/duplicates/verify/match-keypoints.ts';
import { comparePixels } from '../src/duplicates/verify/compare-pixels.ts';
import { verifyPair } from '../src/duplicates/verify/verify-pair.ts';
import { decodeSmall } from '../src/images/formats/decode-small.ts';
import type { RgbImage } from '../src/images/rgb-image.ts';
import { drawn, grain } from './planted-copies/drawn.ts';
import { kinds } from './planted-copies/kinds.ts';
import { through, type Pixels } from './planted-copies/pixels.ts';
import { ways } from './planted-copies/ways.ts';

/** Soft discs of many sizes and shades, drawn under a map: the point (x, y) of the plain image stands at map(x, y). */
function discs(seed: number, [a, b, c, d, e, f]: Affinity = [1, 0, 0, 0, 1, 0]): RgbImage {
  const [width, height] = [workingSide, 120];
  const random = new Random('discs', seed);
  const all = Array.from({ length: 70 }, () => ({
    x: random.uniform(-40, width + 40),
    y: random.uniform(-40, height + 40),
    radius: random.uniform(3, 11),
    shade: random.uniform(-70, 70),
    stretch: random.uniform(0.5, 1),
  }));
  const [p, q, r, s, t, u] = invert([a, b, c, d, e, f]);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromX, fromY] = [p * x + q * y + r, s * x + t * y + u];
      let grey = 128;
      for (const disc of all) {
        if (Math.abs(fromX - disc.x) > 2 * disc.radius || Math.abs(fromY - disc.y) > 2 * disc.radius)
          continue;
        const distance = Math.hypot(fromX - disc.x, (fromY - disc.y) / disc.stretch) / disc.radius;
        grey += disc.shade / (1 + Math.exp(6 * (distance - 1)));
      }
      data.fill(Math.max(0, Math.min(255, grey)), (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return { width, height, data };
}

function described(image: RgbImage) {
  const frame = { left: 0, top: 0, width: 0, height: 0 };
  const valid = maskBorders(image);
  maskErased(image, valid, [groundOf(image)]);
  return describeImage({ image, valid, frame, whole: new Int32Array(outlineWords) });
}

function storeOf(...images: RgbImage[]): ImageStore {
  const store = new ImageStore(images.length, GrainFile.in(tmpdir()));
  for (const [i, image] of images.entries()) store.set(i, described(image));
  return store;
}

/** Turned about the middle of the image, and mirrored first if asked. */
function turned(degrees: number, mirror = false): Affinity {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const flip = mirror ? -1 : 1;
  const [a, b, d, e] = [flip * cos, -sin, flip * sin, cos];
  return [a, b, 80 - a * 80 - b * 60, d, e, 60 - d * 80 - e * 60];
}

const expectNear = (found: Affinity, expected: Affinity) => {
  for (const [x, y] of [
    [40, 30],
    [120, 90],
    [40, 90],
  ] as const) {
    const at = ([a, b, c, d, e, f]: Affinity) => [a * x + b * y + c, d * x + e * y + f] as const;
    expect(Math.hypot(at(found)[0] - at(expected)[0], at(found)[1] - at(expected)[1])).toBeLessThan(1.5);
  }
};

describe('keypoints', () => {
  test.each([15, 90, 200])('follow a rotation of %d degrees: place, direction and descriptor', (degrees) => {
    const map = turned(degrees);
    const store = storeOf(discs(1), discs(1, map));
    const matches = matchKeypoints(store, 0, 1, false);
    const place = (image: number, keypoint: number) => {
      const at = (store.firstKeypoint(image) + keypoint) * 4;
      return store.keypoints.subarray(at, at + 4);
    };
    const right = matches.filter(({ from, to }) => {
      const [x, y, , angle] = place(0, from) as unknown as [number, number, number, number];
      const [u, v, , turnedAngle] = place(1, to) as unknown as [number, number, number, number];
      const miss = Math.hypot(map[0] * x + map[1] * y + map[2] - u, map[3] * x + map[4] * y + map[5] - v);
      return miss < 3 && Math.cos(turnedAngle - angle - (degrees * Math.PI) / 180) > 0.9;
    });
    expect(matches.length).toBeGreaterThan(12);
    expect(right.length / matches.length).toBeGreaterThan(0.7);
  });

  test('no image of one colour has any', () => {
    const flat = { width: workingSide, height: 120, data: new Uint8Array(workingSide * 120 * 3).fill(90) };
    expect(described(flat).keypoints).toHaveLength(0);
  });

  test.each([
    [workingSide, 9],
    [3, workingSide],
    [1, 1],
  ])('an image of %d x %d pixels may have none, and is described', (width, height) => {
    const narrow = { width, height, data: new Uint8Array(width * height * 3).map((_, i) => (i * 37) % 251) };
    const { keypoints, descriptors, plate } = described(narrow);
    expect(descriptors).toHaveLength(keypoints.length * 16);
    expect(plate.data).toHaveLength((width >> 1) * (height >> 1));
  });

  test('bits are counted', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (low, high) => {
        const digits = (low >>> 0).toString(2) + (high >>> 0).toString(2);
        expect(bitCount(low, high)).toBe([...digits].filter((bit) => bit === '1').length);
      }),
    );
  });
});

describe('a pair of images', () => {
  test.each([
    ['turned', turned(25)],
    ['mirrored and turned', turned(70, true)],
    ['sheared', [1, 0.2, -12, 0.05, 1, -4]],
    ['enlarged', [1.3, 0, -24, 0, 1.3, -18]],
    ['squeezed', [0.8, 0, 16, 0, 1.05, -3]],
  ] satisfies [string, Affinity][])('of one photograph, %s, is linked by the right map', (_, map) => {
    const link = verifyPair(storeOf(discs(2), discs(2, map)), { a: 0, b: 1 });
    expect(link!.confidence).toBeGreaterThan(0.9);
    expectNear(link!.affinity, map);
  });

  test('of two photographs is not', () => {
    const store = storeOf(...Array.from({ length: 8 }, (_, i) => discs(10 + i)));
    for (let a = 0; a < 8; a++)
      for (let b = 0; b < a; b++) expect(verifyPair(store, { a, b })?.confidence ?? 0).toBeLessThan(0.1);
  });

  test('is not linked by a mark that both bear', () => {
    const [a, b] = [discs(3), discs(4)];
    const mark = discs(5);
    for (let y = 0; y < 40; y++) {
      const row = y * workingSide * 3;
      for (const image of [a, b]) image.data.set(mark.data.subarray(row, row + 60 * 3), row);
    }
    expect(verifyPair(storeOf(a, b), { a: 0, b: 1 })?.confidence ?? 0).toBeLessThan(0.1);
  });

  test('agree whatever their brightness and contrast, or as a negative', () => {
    const plain = discs(6);
    const darker = { ...plain, data: plain.data.map((value) => 20 + 0.6 * value) };
    const negative = { ...plain, data: plain.data.map((value) => 255 - value) };
    const store = storeOf(plain, darker, negative, discs(7));
    const still: Affinity = [1, 0, 0, 0, 1, 0];
    expect(comparePixels(store, 0, 1, still, false)!.agreement.share).toBeGreaterThan(0.97);
    expect(comparePixels(store, 0, 2, still, true)!.agreement.share).toBeGreaterThan(0.97);
    expect(comparePixels(store, 0, 3, still, false)?.agreement.share ?? 0).toBeLessThan(0.5);
    expect(comparePixels(store, 0, 1, [1, 0, 130, 0, 1, 0], false)).toBeNull();
  });

  test('of which a third was erased is the same where it is left', () => {
    const plain = discs(9);
    for (const colour of [0, 230]) {
      const erased = { ...plain, data: plain.data.slice() };
      for (let y = 20; y < 100; y++)
        erased.data.fill(colour, (y * workingSide + 30) * 3, (y * workingSide + 110) * 3);
      const link = verifyPair(storeOf(plain, erased), { a: 0, b: 1 });
      expect(link!.confidence).toBeGreaterThan(0.9);
    }
  });
});

describe('borders', () => {
  const paint = (colour: number, isBorder: (x: number, y: number) => boolean) => {
    const image = discs(8);
    for (let y = 0; y < image.height; y++) {
      for (let x = 0; x < image.width; x++) {
        if (isBorder(x, y)) image.data.fill(colour, (y * image.width + x) * 3, (y * image.width + x) * 3 + 3);
      }
    }
    return image;
  };
  const masked = (image: RgbImage) => maskBorders(image).reduce((sum, valid) => sum + 1 - valid, 0);

  test.each([0, 255])('of one colour (%d) that a rotation leaves are masked', (colour) => {
    const corner = (x: number, y: number) => x + 2 * y < 70 || 2 * x - y > 300;
    const count = masked(paint(colour, corner));
    const expected = Array.from({ length: workingSide * 120 }, (_, i) =>
      corner(i % workingSide, Math.floor(i / workingSide)),
    ).filter(Boolean).length;
    expect(count).toBe(expected);
  });

  test('a background around objects is none', () => {
    const around = (x: number, y: number) =>
      Math.hypot(x - 50, y - 60) > 25 && Math.hypot(x - 115, y - 60) > 25;
    expect(masked(paint(0, around))).toBe(0);
  });
});

test('what was painted over is masked though its edge is frayed, but not what has a sign within', () => {
  const shareMasked = (isPainted: (x: number, y: number) => boolean) => {
    const image = discs(8);
    for (let i = 0; i < image.width * image.height; i++) {
      const [x, y] = [i % image.width, Math.floor(i / image.width)];
      if (x >= 40 && x < 120 && y >= 30 && y < 90 && isPainted(x, y)) image.data.fill(20, 3 * i, 3 * i + 3);
    }
    const valid = new Uint8Array(image.width * image.height).fill(1);
    maskErased(image, valid, [groundOf(image)]);
    return valid.reduce((sum, value) => sum + 1 - value, 0) / (80 * 60);
  };
  expect(shareMasked(() => true)).toBeGreaterThan(0.9);
  expect(shareMasked((x, y) => y >= 34 || x % 32 >= 8)).toBeGreaterThan(0.9);
  expect(shareMasked((x, y) => Math.hypot(x - 80, y - 60) > 12)).toBe(0);
});

test('noise that was painted over a part is erased; an image that is noisy throughout, as an equalised scan is, is not', () => {
  const shareMasked = (height: number) => {
    const random = new Random('noise', height);
    const image = discs(8);
    for (let y = 10; y < 10 + height; y++)
      for (let x = 5; x < 155; x++)
        for (let k = 0; k < 3; k++) image.data[(y * workingSide + x) * 3 + k] = random.int(256);
    const valid = new Uint8Array(workingSide * 120).fill(1);
    maskErased(image, valid, [groundOf(image)]);
    return 1 - valid.reduce((sum, value) => sum + value, 0) / valid.length;
  };
  expect(shareMasked(32)).toBeGreaterThan(0.2);
  expect(shareMasked(105)).toBe(0);
});

function jpegOf({ width, height, data }: Pixels): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}

test.each([640, 1200, 2000])(
  'noise that was painted over a part of an image %d pixels wide is told, though it fades as the image is reduced',
  async (width) => {
    const shareMasked = async (image: Pixels) => {
      const { valid } = await decodePicture(await jpegOf(image), workingSide);
      return 1 - countOf(valid) / valid.length;
    };
    const plain = await through(await kinds.smear(1), (image) => image.resize({ width }));
    expect(await shareMasked(plain)).toBe(0);
    expect(await shareMasked(ways['erased, noise'](plain, new Random(width)))).toBeGreaterThan(0.14);
  },
);

test('neither a sky, nor a wall, nor paper in a large photograph is taken for noise, in colour or grey, though each has that of a sensor', async () => {
  const random = new Random('sensor');
  const scene = await drawn(
    '<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720" viewBox="0 0 160 120"><defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="#4a80c8"/><stop offset="1" stop-color="#a8c8ec"/></linearGradient></defs><rect width="160" height="50" fill="url(#s)"/><rect y="50" width="90" height="70" fill="#c9b79d"/><rect x="90" y="50" width="70" height="70" fill="#645846"/><rect x="100" y="60" width="42" height="50" fill="#f4f2ec"/></svg>',
    1,
  );
  const photograph = grain(scene, 14, random);
  for (const image of [photograph, ways.gray(photograph)]) {
    const small = await decodeSmall(await jpegOf(image), workingSide);
    expect(noisyRegions(small, small.reduction, 1)).toEqual([]);
  }
});

describe('maps', () => {
  const number = fc.double({ min: -2, max: 2, noNaN: true });
  const affinity = fc
    .tuple(number, number, number, number, number, number)
    .filter(([a, b, , d, e]) => Math.abs(a * e - b * d) > 0.1);

  test('undo each other', () => {
    fc.assert(
      fc.property(affinity, (map) => {
        const both = compose(map, invert(map));
        for (const [i, expected] of [1, 0, 0, 0, 1, 0].entries()) expect(both[i]).toBeCloseTo(expected, 6);
      }),
    );
  });

  test('stretch a circle to the axes of its ellipse', () => {
    expect(stretches([3, 0, 7, 0, -2, 1])).toEqual({ largest: 3, smallest: 2 });
  });

  test('are found from points, whatever the prior, if points are many', () => {
    fc.assert(
      fc.property(affinity, (map) => {
        const [a, b, c, d, e, f] = map;
        const points = Array.from({ length: 40 }, (_, i) => {
          const [x, y] = [(i * 37) % 101, (i * 53) % 97];
          return [x, y, a * x + b * y + c, d * x + e * y + f];
        });
        const found = fitAffinity(Float64Array.from(points.flat()), [1, 0, 0, 0, 1, 0], 1e-9, 1);
        for (const [i, value] of map.entries()) expect(found[i]).toBeCloseTo(value, 4);
      }),
    );
  });
});
