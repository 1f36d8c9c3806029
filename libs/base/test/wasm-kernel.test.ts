import { expect, test } from 'vitest';
import { wasmBytes, WasmMemory } from '../src/index.ts';

test('arrays start at multiples of 16 bytes, are zero, and have a vector to themselves behind their last one', () => {
  const memory = new WasmMemory(wasmBytes(3) + wasmBytes(5 * 4) + wasmBytes(4 * 4) + wasmBytes(0));
  const arrays = [memory.uint8(3), memory.float32(5), memory.int32(4), memory.uint8(0)];
  let end = 0;
  for (const array of arrays) {
    expect(array.byteOffset % 16).toBe(0);
    expect(array.byteOffset).toBeGreaterThanOrEqual(end);
    expect([...array].every((value) => value === 0)).toBe(true);
    end = Math.ceil((array.byteOffset + array.byteLength) / 16) * 16 + 16;
    expect(end).toBeLessThanOrEqual(memory.memory.buffer.byteLength);
  }
});

test('a memory that is full says so', () => {
  const memory = new WasmMemory(wasmBytes(4));
  memory.float32(1);
  expect(() => memory.float32(2 ** 16)).toThrow(RangeError);
});
