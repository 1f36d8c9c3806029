import { UserError } from '@thaw/base';

/** An array of numpy, flattened row by row. */
export interface NumpyArray {
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}

type Read = (view: DataView, offset: number, little: boolean) => number;
const readers: Readonly<Record<string, Read>> = {
  f8: (view, at, little) => view.getFloat64(at, little),
  f4: (view, at, little) => view.getFloat32(at, little),
  f2: (view, at, little) => half(view.getUint16(at, little)),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  i4: (view, at, little) => view.getInt32(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  i1: (view, at) => view.getInt8(at),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  u4: (view, at, little) => view.getUint32(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  u1: (view, at) => view.getUint8(at),
  b1: (view, at) => view.getUint8(at),
};

export function isNpy(bytes: Buffer): boolean {
  return bytes.subarray(0, 6).equals(Buffer.from('\x93NUMPY', 'latin1'));
}

/** Reads numpy's .npy format, versions 1 to 3: numbers, truth values and texts. A UserError for objects, which only Python can read, and for a file that breaks off. */
export function readNpy(bytes: Buffer, file: string): NumpyArray {
  const bad = (what: string) => new UserError(`${file}: ${what}`);
  const [major, headLength] = bytes[6] === 1 ? [1, 2] : [bytes[6], 4];
  if (!isNpy(bytes) || bytes.length < 8 + headLength)
    throw bad('found no array of numpy; allowed: a .npy file, whole');
  const length = major === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8);
  const start = 8 + headLength + length;
  const head = bytes.toString(major === 3 ? 'utf8' : 'latin1', 8 + headLength, start);
  const [, order, kind, size] = /'descr': *'([<>|=])([a-zA-Z])(\d*)'/.exec(head) ?? [];
  const [, dimensions] = /'shape': *\(([^)]*)\)/.exec(head) ?? [];
  if (kind === undefined || dimensions === undefined)
    throw bad(
      `found an array of ${/'descr': *([^}]*?), *'/.exec(head)?.[1] ?? 'an unknown kind'}; allowed: numbers or texts`,
    );
  if (kind === 'O')
    throw bad("found an array of Python's objects; allowed: numbers or texts, saved with allow_pickle=False");
  const shape = dimensions.split(',').flatMap((each) => (each.trim() === '' ? [] : [Number(each)]));
  const count = shape.reduce((product, each) => product * each, 1);
  const width = kind === 'U' ? 4 * Number(size) : Number(size || 1);
  if (bytes.length < start + count * width)
    throw bad(
      `found ${bytes.length - start} bytes of data; allowed: ${count * width}, for an array of shape (${shape.join(', ')})`,
    );
  const read = readerOf(kind, width, order !== '>', bytes);
  if (!read) throw bad(`found an array of ${kind}${size}; allowed: numbers or texts`);
  const values = Array.from({ length: count }, (_, i) => read(start + i * width));
  return { shape, values: /'fortran_order': *True/.test(head) ? byRows(values, shape) : values };
}

function readerOf(
  kind: string,
  width: number,
  little: boolean,
  bytes: Buffer,
): ((at: number) => number | string) | null {
  if (kind === 'U') return (at) => characters(bytes, at, width, little);
  if (kind === 'S') return (at) => bytes.toString('utf8', at, at + width).replace(/\0+$/, '');
  const read = readers[`${kind}${width}`];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return read ? (at) => read(view, at, little) : null;
}

/** UTF-32, padded with zeros. */
function characters(bytes: Buffer, at: number, width: number, little: boolean): string {
  let text = '';
  for (let i = at; i < at + width; i += 4) {
    const code = little ? bytes.readUInt32LE(i) : bytes.readUInt32BE(i);
    if (code === 0) break;
    text += String.fromCodePoint(code);
  }
  return text;
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Of an array of two axes that was saved column by column. */
function byRows<T>(values: readonly T[], shape: readonly number[]): T[] {
  const [rows = 1, columns = 1] = shape;
  if (shape.length !== 2) return [...values];
  return Array.from(
    { length: values.length },
    (_, i) => values[(i % columns) * rows + Math.floor(i / columns)]!,
  );
}
