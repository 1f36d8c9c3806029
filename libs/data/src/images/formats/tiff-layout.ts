import { sum } from '@thaw/base';
import { FormatError, notRead } from './format-error.ts';
import type { TiffTags } from './tiff-tags.ts';

export const tag = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  orientation: 274,
  samples: 277,
  planar: 284,
  colors: 320,
  extraSamples: 338,
  sampleFormat: 339,
} as const;

/** Compressions that the libtiff of sharp unpacks, and the names of those that it does not. */
const compressions = [1, 2, 3, 4, 5, 7, 8, 32_773, 32_946];
const otherCompressions: Readonly<Record<number, string>> = {
  6: 'old JPEG',
  34_676: 'LogLuv',
  34_712: 'JPEG 2000',
  34_887: 'LERC',
  34_925: 'LZMA',
  50_000: 'ZSTD',
  50_001: 'WebP',
};
const jpeg = 7;

const [whiteIsZero, blackIsZero, rgb, palette, inks, yCbCr] = [0, 1, 2, 3, 5, 6];
const photometrics: Readonly<Record<number, string>> = {
  [whiteIsZero]: 'grey',
  [blackIsZero]: 'grey',
  [rgb]: 'RGB',
  [palette]: 'palette',
  [inks]: 'CMYK',
  [yCbCr]: 'YCbCr',
  8: 'CIELAB',
  9: 'ICCLAB',
  10: 'ITULAB',
  32_844: 'LogL',
  32_845: 'LogLuv',
};
const formats: Readonly<Record<number, string>> = { 1: 'unsigned', 2: 'signed', 3: 'floating-point' };

export interface TiffLayout {
  readonly width: number;
  readonly height: number;
  /** 1 to 8; others count for 1. */
  readonly orientation: number;
  readonly kind: 'bytes' | 'inks' | 'inks16' | 'rgb16' | 'grey16' | 'int16' | 'int32' | 'float32';
  /** Bytes that the pixels take in the file at least; 0 where they are compressed. */
  readonly bytes: number;
  /** Tags that libvips takes otherwise than Pillow, with what it must be told. */
  readonly changes: ReadonlyMap<number, number>;
}

/**
 * What the first picture of a TIFF holds, if Pillow reads it (TiffImagePlugin, OPEN_INFO). Throws a FormatError with the
 * right name of what else it is.
 */
export function tiffLayout(tags: TiffTags): TiffLayout {
  const [width, height] = [tags.value(tag.width, 0), tags.value(tag.height, 0)];
  if (width === 0 || height === 0) throw new FormatError(`damaged: a TIFF of ${width} x ${height} pixels`);
  const compression = tags.value(tag.compression, 1);
  if (!compressions.includes(compression)) {
    throw notRead(`TIFF with ${otherCompressions[compression] ?? `unknown (${compression})`} compression`);
  }
  const photometric = tags.value(tag.photometric, 0);
  let samples = tags.value(tag.samples, 1);
  let extra = tags.values(tag.extraSamples) ?? [];
  const apart = tags.value(tag.planar, 1) === 2 && extra.length > 0 && extra.every((each) => each === 0);
  if (apart) [samples, extra] = [samples - extra.length, []];
  const listed = tags.values(tag.bits) ?? [1];
  const bits =
    listed.length === 1 ? Array<number>(Math.min(samples, 8)).fill(listed[0]!) : listed.slice(0, samples);
  const listedFormats = [...new Set(tags.values(tag.sampleFormat) ?? [1])];
  const format = listedFormats.length === 1 ? listedFormats[0]! : 0;
  const found = { photometric, compression, format, bits: bits.join(), extra: extra.join(), tags };
  const kind = bits.length === samples ? kindOf(found) : null;
  if (kind === null) {
    const color = photometrics[photometric] ?? `unknown colours (${photometric})`;
    const numbers = `${bits.join(', ')} bits a pixel, ${formats[format] ?? 'of another format'}`;
    throw notRead(
      `TIFF in ${color} (${numbers}${extra.length > 0 ? `, extra samples ${extra.join(', ')}` : ''})`,
    );
  }
  if (photometric === palette && tags.values(tag.colors)?.every((value) => value < 256)) {
    throw notRead('TIFF with a palette of 8-bit values');
  }
  const orientation = tags.value(tag.orientation, 1);
  return {
    width,
    height,
    orientation: orientation >= 2 && orientation <= 8 ? orientation : 1,
    kind,
    bytes: compression === 1 ? height * Math.ceil((width * sum(bits)) / 8) : 0,
    changes: new Map([
      ...when(orientation !== 1, tag.orientation, 1),
      // Eight and sixteen bits are wanted as they stand; of 32 bits Pillow knows signed ones alone.
      ...when(format === 2 && bits[0]! < 32, tag.sampleFormat, 1),
      ...when(format === 1 && bits[0] === 32, tag.sampleFormat, 2),
      ...when(photometric === whiteIsZero && bits[0]! > 8, tag.photometric, blackIsZero),
    ]),
  };
}

function when(applies: boolean, number: number, value: number): [number, number][] {
  return applies ? [[number, value]] : [];
}

interface Found {
  readonly photometric: number;
  readonly compression: number;
  readonly format: number;
  readonly bits: string;
  readonly extra: string;
  readonly tags: TiffTags;
}

function kindOf({ photometric, compression, format, bits, extra, tags }: Found): TiffLayout['kind'] | null {
  const isGrey = photometric === whiteIsZero || photometric === blackIsZero;
  if (isGrey && extra === '' && ['8', '16', '32'].includes(bits) && format !== 1) {
    if (format === 3) return bits === '32' ? 'float32' : null;
    if (format !== 2 || photometric !== blackIsZero) return null;
    return bits === '8' ? 'bytes' : bits === '16' ? 'int16' : 'int32';
  }
  if (format !== 1) return null;
  if (isGrey && extra === '') {
    if (bits === '16') return photometric === blackIsZero || tags.littleEndian ? 'grey16' : null;
    if (bits === '32') return photometric === blackIsZero && tags.littleEndian ? 'int32' : null;
    return ['1', '2', '4', '8'].includes(bits) ? 'bytes' : null;
  }
  if (photometric === blackIsZero) return bits === '8,8' && extra === '2' ? 'bytes' : null;
  if (photometric === palette) return ['1', '2', '4', '8'].includes(bits) && extra === '' ? 'bytes' : null;
  if (photometric === yCbCr) {
    return compression === jpeg && tags.value(tag.planar, 1) === 1 && ['8', '8,8,8'].includes(bits)
      ? 'bytes'
      : null;
  }
  const isKnown = (colors: number, depth: number, extras: readonly string[]) =>
    extras.includes(extra) &&
    bits === Array(bits.split(',').length).fill(depth).join() &&
    hasSamples(bits, colors, extra);
  if (photometric === rgb) {
    if (isKnown(3, 8, ['', '0', '1', '2', '999', '0,0', '1,0', '2,0', '0,0,0', '1,0,0', '2,0,0']))
      return 'bytes';
    return isKnown(3, 16, ['', '0', '1', '2']) ? 'rgb16' : null;
  }
  if (photometric !== inks) return null;
  if (isKnown(4, 8, ['', '0', '0,0'])) return 'inks';
  return isKnown(4, 16, ['']) ? 'inks16' : null;
}

/** Colours and extra samples; four samples of RGB are taken for RGBA where nothing is said of the fourth. */
function hasSamples(bits: string, colors: number, extra: string): boolean {
  const count = bits.split(',').length;
  if (extra === '') return count === colors || (colors === 3 && count === 4);
  return count === colors + extra.split(',').length;
}
