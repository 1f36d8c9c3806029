import { expect } from 'vitest';

const enrolled = Symbol.for('thaw: typed arrays are compared by their bytes');

// Test files that share a process share its matchers, too.
if (!(enrolled in globalThis)) {
  Object.defineProperty(globalThis, enrolled, { value: true });
  expect.addEqualityTesters([equalBytes]);
}

/** Lets `toEqual` see at once that two typed arrays are equal: number by number, the weights of a network take seconds. */
function equalBytes(a: unknown, b: unknown): true | undefined {
  if (!isTypedArray(a) || !isTypedArray(b) || a.constructor !== b.constructor) return undefined;
  // Zeros and NaNs have several forms each, of which Vitest knows.
  return Buffer.compare(bytesOf(a), bytesOf(b)) === 0 ? true : undefined;
}

function isTypedArray(value: unknown): value is NodeJS.TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
