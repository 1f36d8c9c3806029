import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeRgb, reasonOf } from '../src/images/decode.ts';

interface Case {
  readonly kind: string;
  /** Base64, as are the pixels. */
  readonly file: string;
  readonly size?: readonly [number, number];
  readonly rgb?: string;
  /** The high bytes of 16-bit grey, which Thaw takes where Pillow cuts values off at 255. */
  readonly high_bytes?: string;
  /** The error that Pillow gives. */
  readonly refused?: string;
  /** What the refusal must call it. */
  readonly name?: string;
}

const casesOf = (format: string): Case[] =>
  (
    JSON.parse(readFileSync(new URL(`golden/image-kinds/${format}.json`, import.meta.url), 'utf8')) as {
      cases: Case[];
    }
  ).cases;

/** What Pillow reads and Thaw does not, with the words of the refusal; anything else that Pillow reads must be read. */
const notRead: Record<string, string> = {
  'PNG, palette missing': 'damaged: its palette is missing',
  'PNG with the wrong checksum on its pixels': 'damaged: the checksum of its IDAT chunk is wrong',
  'PNG with an unknown critical chunk': 'PNG with the chunk ABCD is not read',
  'DIB, which has no file header': 'BMP without its file header (DIB) is not read',
  'TIFF, RGB, compression zstd': 'TIFF with ZSTD compression is not read',
  'TIFF, grey, compression zstd': 'TIFF with ZSTD compression is not read',
  'TIFF, RGB, compression lzma': 'TIFF with LZMA compression is not read',
  'TIFF, grey, compression lzma': 'TIFF with LZMA compression is not read',
  'TIFF in LAB': 'TIFF in CIELAB (8, 8, 8 bits a pixel, unsigned) is not read',
  'TIFF in CIELAB': 'TIFF in CIELAB (8, 8, 8 bits a pixel, unsigned) is not read',
  'TIFF in YCbCr by hand': 'TIFF in YCbCr (8, 8, 8 bits a pixel, unsigned) is not read',
  'TIFF of 12 bits': 'TIFF in grey (12 bits a pixel, unsigned) is not read',
  'TIFF of 8 bits, palette of 8-bit values': 'TIFF with a palette of 8-bit values is not read',
};

async function outcome(bytes: Buffer): Promise<{ size: number[]; rgb: string } | { refused: string }> {
  try {
    const { width, height, data } = await decodeRgb(bytes);
    return { size: [width, height], rgb: Buffer.from(data).toString('base64') };
  } catch (error) {
    return { refused: reasonOf(error) };
  }
}

function expectedPixels({ rgb, high_bytes }: Case): string {
  if (high_bytes === undefined) return rgb!;
  return Buffer.from(
    [...Buffer.from(high_bytes, 'base64')].flatMap((value) => [value, value, value]),
  ).toString('base64');
}

describe.each(['jpeg', 'png', 'gif', 'bmp', 'tiff', 'pnm', 'webp'])('files of %s', (format) => {
  const cases = casesOf(format);
  const read = cases.filter(({ refused }) => refused === undefined);

  it.each(read.filter(({ kind }) => !(kind in notRead)))('$kind is read as Pillow reads it', async (each) => {
    expect(await outcome(Buffer.from(each.file, 'base64'))).toEqual({
      size: each.size,
      rgb: expectedPixels(each),
    });
  });

  const named = read.filter(({ kind }) => kind in notRead);
  it.skipIf(named.length === 0).each(named)('$kind is refused by its name', async ({ kind, file }) => {
    expect(await outcome(Buffer.from(file, 'base64'))).toEqual({
      refused: expect.stringContaining(notRead[kind]!) as string,
    });
  });

  it.each(cases.filter(({ refused }) => refused !== undefined))(
    '$kind is refused, as Pillow refuses it',
    async ({ file }) => {
      expect(await outcome(Buffer.from(file, 'base64'))).toEqual({
        refused: expect.stringMatching(/^(?:the file is empty|cannot be decoded: .+)$/) as string,
      });
    },
  );
});

describe('what is no image that is read', () => {
  it.each(casesOf('other'))('$kind is called $name', async ({ file, name }) => {
    const said =
      { unknown: 'not an image of a known format', empty: 'the file is empty' }[name!] ?? `${name} `;
    expect(await outcome(Buffer.from(file, 'base64'))).toEqual({
      refused: expect.stringContaining(said) as string,
    });
  });
});

it('the tables hold at least 400 files', () => {
  const all = ['jpeg', 'png', 'gif', 'bmp', 'tiff', 'pnm', 'webp', 'other'].flatMap(casesOf);
  expect(all.length).toBeGreaterThan(400);
  expect(Object.keys(notRead).filter((kind) => !all.some((each) => each.kind === kind))).toEqual([]);
});
