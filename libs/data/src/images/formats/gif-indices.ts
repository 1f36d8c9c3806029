import { FormatError } from './format-error.ts';

const mostBits = 12;
const mostCodes = 2 ** mostBits;

/**
 * Unpacks `count` palette indices by the variable-length LZW codes of GIF (CompuServe, GIF89a, appendix F), from the byte that tells
 * their first length on. Codes after the last pixel are passed over. Throws a FormatError where pixels are missing or a
 * code has no meaning.
 */
export function gifIndices(bytes: Buffer, start: number, count: number): Uint8Array {
  const size = bytes[start];
  if (size === undefined) throw new FormatError('truncated');
  if (size < 1 || size > 11) throw new FormatError(`damaged: GIF codes of ${size} bits`);
  const [clear, end] = [1 << size, (1 << size) + 1];
  const prefix = new Uint16Array(mostCodes);
  const suffix = new Uint8Array(mostCodes);
  const stack = new Uint8Array(mostCodes + 1);
  const indices = new Uint8Array(count);
  const codes = new CodeReader(bytes, start + 1);
  for (let i = 0; i < clear; i++) suffix[i] = i;
  let [bits, next, last, first, to] = [size + 1, end + 1, -1, 0, 0];
  while (to < count) {
    const code = codes.read(bits);
    if (code === null || code === end) throw new FormatError('truncated');
    if (code === clear) {
      [bits, next, last] = [size + 1, end + 1, -1];
      continue;
    }
    if (code > next || (code === next && last < 0) || (last < 0 && code > clear)) {
      throw new FormatError('damaged: a GIF code without meaning');
    }
    let depth = 0;
    let at = code;
    if (code === next) {
      stack[depth++] = first;
      at = last;
    }
    for (; at > end; at = prefix[at]!) stack[depth++] = suffix[at]!;
    first = suffix[at]!;
    stack[depth++] = first;
    while (depth > 0 && to < count) indices[to++] = stack[--depth]!;
    if (last >= 0 && next < mostCodes) {
      prefix[next] = last;
      suffix[next] = first;
      next++;
      if (next === 1 << bits && bits < mostBits) bits++;
    }
    last = code;
  }
  return indices;
}

/** Codes of some bits, the lowest first, out of blocks that each begin with their length. */
class CodeReader {
  readonly #bytes: Buffer;
  #at: number;
  #left = 0;
  #buffer = 0;
  #held = 0;

  constructor(bytes: Buffer, start: number) {
    this.#bytes = bytes;
    this.#at = start;
  }

  /** Null at the end. */
  read(bits: number): number | null {
    while (this.#held < bits) {
      if (this.#left === 0) {
        this.#left = this.#bytes[this.#at++] ?? 0;
        if (this.#left === 0) return null;
      }
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) return null;
      this.#left--;
      this.#buffer |= byte << this.#held;
      this.#held += 8;
    }
    const code = this.#buffer & ((1 << bits) - 1);
    this.#buffer >>>= bits;
    this.#held -= bits;
    return code;
  }
}
