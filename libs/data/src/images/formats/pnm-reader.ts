import { FormatError } from './format-error.ts';

const space = new Set([0x20, 0x09, 0x0a, 0x0b, 0x0c, 0x0d]);
const hash = 0x23;
const lineEnds = [0x0a, 0x0d];
const longestNumber = 10;

/** Reads a file of the Netpbm family from behind its signature on. Throws FormatError for what is not as it should be. */
export class PnmReader {
  readonly #bytes: Buffer;
  #at = 3;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** A number of the header and the white space behind it; a comment may stand anywhere, in a number too. */
  number(what: string): number {
    let text = '';
    while (text.length <= longestNumber) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) break;
      if (byte === hash) this.#skipLine();
      else if (!space.has(byte)) text += String.fromCharCode(byte);
      else if (text !== '') break;
    }
    if (text === '') throw new FormatError('truncated');
    if (!/^\d{1,10}$/.test(text))
      throw new FormatError(`damaged: a PPM's ${what} is ${JSON.stringify(text)}`);
    return Number(text);
  }

  plainBits(count: number): Uint8Array {
    const text = this.#plainText().replace(/\s/g, '');
    const other = /[^01]/.exec(text);
    if (other) throw new FormatError(`damaged: a PBM with the value ${JSON.stringify(other[0])}`);
    if (text.length < count) throw new FormatError('truncated');
    return Uint8Array.from({ length: count }, (_, i) => Number(text[i]));
  }

  rawBits(width: number, height: number): Uint8Array {
    const stride = Math.ceil(width / 8);
    const rows = this.#raw(stride * height);
    return Uint8Array.from({ length: width * height }, (_, i) => {
      const [y, x] = [Math.trunc(i / width), i % width];
      return (rows[y * stride + (x >> 3)]! >> (7 - (x & 7))) & 1;
    });
  }

  plainNumbers(count: number, max: number): Uint16Array {
    const words = this.#plainText().trim().split(/\s+/);
    if (words.length < count || words[0] === '') throw new FormatError('truncated');
    return Uint16Array.from({ length: count }, (_, i) => {
      const word = words[i]!;
      if (word.length <= longestNumber && /^\+?\d+$/.test(word) && Number(word) <= max) return Number(word);
      throw new FormatError(
        `damaged: a PPM of values up to ${max} with the value ${JSON.stringify(word.slice(0, 20))}`,
      );
    });
  }

  rawNumbers(count: number, max: number): Uint8Array | Uint16Array {
    if (max < 256) return this.#raw(count);
    const raw = this.#raw(count * 2);
    return Uint16Array.from({ length: count }, (_, i) => raw.readUInt16BE(i * 2));
  }

  /** The rows of a floating-point map, which stand from the bottom up, from the top down; its scale's sign tells the order of bytes. */
  floats(width: number, height: number): Float32Array {
    const text = /^\s*(\S+)\s/.exec(this.#bytes.toString('latin1', this.#at, this.#at + 40));
    const scale = Number(text?.[1]);
    if (!text || scale === 0 || !Number.isFinite(scale))
      throw new FormatError("damaged: a PFM's scale is no number");
    this.#at += text[0].length;
    const raw = this.#raw(width * height * 4);
    return Float32Array.from({ length: width * height }, (_, i) => {
      const at = ((height - 1 - Math.trunc(i / width)) * width + (i % width)) * 4;
      return scale < 0 ? raw.readFloatLE(at) : raw.readFloatBE(at);
    });
  }

  #raw(length: number): Buffer {
    const raw = this.#bytes.subarray(this.#at, this.#at + length);
    if (raw.length < length) throw new FormatError('truncated');
    return raw;
  }

  #plainText(): string {
    return this.#bytes.toString('latin1', this.#at).replace(/#[^\n\r]*(?:[\n\r]|$)/g, '');
  }

  #skipLine(): void {
    while (this.#at < this.#bytes.length && !lineEnds.includes(this.#bytes[this.#at]!)) this.#at++;
    this.#at++;
  }
}
