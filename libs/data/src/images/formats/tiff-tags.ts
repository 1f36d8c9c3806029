import { FormatError, notRead } from './format-error.ts';

/** Bytes of a value by the type's number (TIFF 6.0, section 2, and BigTIFF); what is not listed holds no whole numbers. */
const typeBytes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 16: 8 };
/** No tag that is read here has more values: a palette of 16 bits would. */
const mostValues = 3 * 2 ** 16;

/** The first directory of a TIFF file: its tags of whole numbers, and where their values stand. */
export class TiffTags {
  readonly littleEndian: boolean;
  readonly #bytes: Buffer;
  readonly #places = new Map<number, { at: number; type: number; count: number }>();

  /** Throws a FormatError for a file that ends early and for a big-endian BigTIFF, which Pillow does not read. */
  constructor(bytes: Buffer) {
    if (bytes.length < 16) throw new FormatError('truncated');
    this.#bytes = bytes;
    this.littleEndian = bytes[0] === 0x49;
    const isBig = this.#number(2, 2) === 43;
    if (isBig && !this.littleEndian) throw notRead('BigTIFF in big-endian order');
    const [slot, entryBytes] = isBig ? [8, 20] : [4, 12];
    const directory = this.#number(isBig ? 8 : 4, slot);
    const count = this.#number(directory, isBig ? 8 : 2);
    const first = directory + (isBig ? 8 : 2);
    if (count > 65_536) throw new FormatError('damaged: a TIFF directory of too many tags');
    for (let i = 0; i < count; i++) {
      const at = first + i * entryBytes;
      const [tag, type] = [this.#number(at, 2), this.#number(at + 2, 2)];
      const values = this.#number(at + 4, slot);
      const size = typeBytes[type];
      if (size === undefined || values > mostValues) continue;
      const place = at + 4 + slot;
      const isInside = size * values <= slot;
      this.#places.set(tag, { at: isInside ? place : this.#number(place, slot), type, count: values });
    }
  }

  /** The values of a tag; null where it is missing. */
  values(tag: number): number[] | null {
    const place = this.#places.get(tag);
    if (!place) return null;
    const size = typeBytes[place.type]!;
    return Array.from({ length: place.count }, (_, i) => this.#number(place.at + i * size, size));
  }

  value(tag: number, otherwise: number): number {
    return this.values(tag)?.[0] ?? otherwise;
  }

  /** The file with one number for every value of some tags. */
  patched(changes: ReadonlyMap<number, number>): Buffer {
    const copy = Buffer.from(this.#bytes);
    for (const [tag, value] of changes) {
      const place = this.#places.get(tag);
      if (!place) continue;
      const size = Math.min(typeBytes[place.type]!, 4);
      for (let i = 0; i < place.count; i++) {
        const at = place.at + i * typeBytes[place.type]!;
        if (this.littleEndian) copy.writeUIntLE(value, at, size);
        else copy.writeUIntBE(value, at + typeBytes[place.type]! - size, size);
      }
    }
    return copy;
  }

  #number(at: number, size: number): number {
    if (at + size > this.#bytes.length) throw new FormatError('truncated');
    if (size === 8)
      return Number(this.littleEndian ? this.#bytes.readBigUInt64LE(at) : this.#bytes.readBigUInt64BE(at));
    return this.littleEndian ? this.#bytes.readUIntLE(at, size) : this.#bytes.readUIntBE(at, size);
  }
}
