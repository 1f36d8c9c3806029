import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { PixelReader, readFolder, type FolderSettings } from '../src/index.ts';
import { lookWarnings } from '../src/inspection/look-warnings.ts';
import { datasetSettings, load, makeFiles, makeFolder, trainTest } from './make-images.ts';

/** A PNG of 16-bit grey whose values go from `low` to `high`, no two files alike. */
async function grey16(low: number, high: number, seed: number): Promise<Buffer> {
  const [width, height] = [40, 30];
  const values = Uint16Array.from({ length: width * height }, (_, i) =>
    i === 0 ? low : i === 1 ? high : low + (((i * 37 + seed * 101) % 997) / 996) * (high - low),
  );
  return sharp(values, { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toBuffer();
}

/** A floating-point map. */
function float(low: number, high: number, seed: number): Promise<Buffer> {
  const values = Float32Array.from(
    { length: 1200 },
    (_, i) => low + (((i * 37 + seed) % 1200) / 1199) * (high - low),
  );
  return Promise.resolve(Buffer.concat([Buffer.from('Pf\n40 30\n-1.0\n'), Buffer.from(values.buffer)]));
}

async function folders(make: (seed: number) => Promise<Buffer>, test = make, extension = 'png') {
  const files: Record<string, Buffer> = {};
  for (const [k, label] of ['A', 'B'].entries()) {
    for (let i = 0; i < 5; i++) files[`TRAIN/${label}/${i}.${extension}`] = await make(10 * k + i);
    files[`TEST/${label}/0.${extension}`] = await test(100 + k);
  }
  return makeFiles(files);
}

const levels = (pixels: Uint8Array) => new Set(pixels).size;

describe('more than eight bits', () => {
  it('of 12-bit data are nearly lost as Pillow takes them, which is said, and kept by their range under depth: auto', async () => {
    const folder = await folders(
      (seed) => grey16(100, 4095, seed),
      (seed) => grey16(0, 65_535, seed),
    );
    const plain = await load(folder);
    expect(plain.depthRange).toBe(null);
    expect(plain.warnings).toEqual([
      'TRAIN, class A: 5 of 5 images are of more than eight bits, of which next to nothing is kept: their values lie within 100 to 4095. Set dataset.depth: auto to scale them by their range.',
      'TRAIN, class B: 5 of 5 images are of more than eight bits, of which next to nothing is kept: their values lie within 100 to 4095. Set dataset.depth: auto to scale them by their range.',
    ]);
    const auto = await load(folder, { depth: 'auto' });
    expect(auto.warnings).toEqual([]);
    // Not of the test images, which no choice may rest on.
    expect(auto.depthRange).toEqual({ low: 100, high: 4095 });
    const read = { ...datasetSettings(folder, { depth: 'auto' }).dataset, layout: null } as FolderSettings;
    for (const withoutTest of [true, false]) {
      const { depthRange } = await readFolder(read, { cacheDir: await makeFolder(), withoutTest });
      expect(depthRange).toEqual(auto.depthRange);
    }
    expect(auto.fingerprint).toBe(plain.fingerprint);
    const resizing = { size: 32, interpolation: 'nearest' } as const;
    const before = await new PixelReader(resizing, plain.depthRange, null).read(auto.train[0]!);
    const after = await new PixelReader(resizing, auto.depthRange, null).read(auto.train[0]!);
    expect(levels(before)).toBeLessThanOrEqual(16);
    expect(levels(after)).toBeGreaterThan(150);
  });

  it('of floating-point maps from 0 to 1 are black as Pillow takes them, which is said', async () => {
    const folder = await folders((seed) => float(0, 1, seed), undefined, 'pfm');
    expect((await load(folder)).warnings).toContain(
      'TEST, class B: 1 of 1 images is of more than eight bits, of which next to nothing is kept: their values lie within 0 to 1. Set dataset.depth: auto to scale them by their range.',
    );
    const { depthRange, warnings } = await load(folder, { depth: 'auto' });
    expect([depthRange, warnings]).toEqual([{ low: 0, high: 1 }, []]);
  });

  it('of an image without a number say nothing of the range of others', async () => {
    const folder = await folders(
      (seed) => (seed === 3 ? float(NaN, NaN, 0) : float(900, 1000, seed)),
      undefined,
      'pfm',
    );
    const { depthRange, warnings } = await load(folder, { depth: 'auto' });
    expect(depthRange).toEqual({ low: 900, high: 1000 });
    expect(warnings).toEqual(['TRAIN, class A: 1 of 5 images is of one colour.']);
  });

  it('that are whole are not worth a word, and eight bits have no range', async () => {
    expect((await load(await folders((seed) => grey16(0, 65_535, seed)))).warnings).toEqual([]);
    const { depthRange, warnings } = await load(await makeFiles(trainTest(5, 1)), { depth: 'auto' });
    expect([depthRange, warnings]).toEqual([null, []]);
  });
});

describe('folders in which nothing is to be seen', () => {
  const plain = (value: number) =>
    sharp({ create: { width: 9, height: 9, channels: 3, background: { r: value, g: value, b: value } } })
      .png()
      .toBuffer();

  it('are named, with how many of their images are of one colour or nearly black', async () => {
    const noise = async (most: number, seed: number) => {
      const bytes = createHash('sha512').update(String(seed)).digest();
      const data = Uint8Array.from({ length: 48 }, (_, i) => (bytes[i]! * most) / 255);
      return sharp(data, { raw: { width: 4, height: 4, channels: 3 } })
        .png()
        .toBuffer();
    };
    const files: Record<string, Buffer> = {};
    for (let i = 0; i < 5; i++) {
      files[`TRAIN/black/${i}.png`] = await noise(20, i);
      files[`TRAIN/flat/${i}.png`] = await plain(90 + i);
      files[`TRAIN/good/${i}.png`] = await noise(255, i + 50);
    }
    for (const label of ['black', 'flat', 'good']) files[`TEST/${label}/0.png`] = await noise(255, 99);
    expect((await load(await makeFiles(files))).warnings).toEqual([
      'TRAIN, class black: 5 of 5 images are nearly black.',
      'TRAIN, class flat: 5 of 5 images are of one colour.',
    ]);
  });

  it('are told of many files in time that grows with their number', { timeout: 20_000 }, () => {
    const files = Array.from({ length: 60_000 }, (_, i) => ({ name: `${i}`, label: 'a', set: null }));
    const looks = new Map(files.map(({ name }) => [name, 'nearly black' as const]));
    expect(lookWarnings(files, looks, null)).toEqual(['class a: 60000 of 60000 images are nearly black.']);
  });
});
