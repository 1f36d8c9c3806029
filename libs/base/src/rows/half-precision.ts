/** IEEE 754 binary16: what its largest exponent holds, and where its exponents begin and end in single precision. */
const infinity = 0x7c00;
const quietNaN = 0x7e00;
const smallestNormal = 0x38800000;
const beyondLargest = 0x47800000;
const singleInfinity = 0x7f800000;
/** The difference of the exponents' biases (127 - 15), where half precision keeps its exponent. */
const rebias = 112 << 10;

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/**
 * Rounds single precision to half precision, to the nearest and of two equally near to the even one, as numpy's
 * `astype('float16')`: 11 significant bits from 6.1e-5 to 65,504; beyond that infinity; NaN stays NaN. Fills `halves` from
 * `offset`.
 */
export function toHalf(values: Float32Array, halves: Uint16Array, offset: number): void {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0, to = offset; i < words.length; i++, to++) {
    const word = words[i]!;
    const sign = (word >>> 16) & 0x8000;
    const size = word & 0x7fffffff;
    // Adding half of the last kept place, less one unless that place is odd, carries exactly when it must.
    if (size < beyondLargest && size >= smallestNormal) {
      halves[to] = sign | (((size + 0xfff + ((size >>> 13) & 1)) >>> 13) - rebias);
    } else if (size < smallestNormal) {
      halves[to] = sign | roundSubnormal(size);
    } else {
      halves[to] = size > singleInfinity ? quietNaN : sign | infinity;
    }
  }
}

/** The last place of 0.5 in single precision is the only place of a subnormal half: adding 0.5 rounds to it. */
function roundSubnormal(size: number): number {
  bits[0] = size;
  float[0]! += 0.5;
  return bits[0] - 0x3f000000;
}

/** The value of every half-precision number, by its bits. */
export const halfValues = Float32Array.from({ length: 0x10000 }, (_, half) => {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
});
