import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { halfValues, toHalf } from '../src/rows/half-precision.ts';
import { packRows, unpackRows } from '../src/rows/packed-rows.ts';

const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'golden/half-precision.json'), 'utf8')) as {
  singles: number[];
  halves: number[];
};

function roundTrip(values: readonly number[], length: number): Float32Array {
  const result = new Float32Array(values.length);
  unpackRows(packRows(Float32Array.from(values), length), length, result, 0);
  return result;
}

describe('half precision', () => {
  test('rounds single precision as numpy does: ties, subnormals, the largest, infinities, NaN and any bits', () => {
    const singles = new Float32Array(Uint32Array.from(golden.singles).buffer);
    const halves = new Uint16Array(singles.length);
    toHalf(singles, halves, 0);
    const wrong = [...halves].flatMap((half, i) =>
      half === golden.halves[i] ? [] : [[singles[i], half, golden.halves[i]]],
    );
    expect(wrong).toEqual([]);
    expect(singles.length).toBeGreaterThan(1000);
  });

  test('every half-precision number comes back as itself', () => {
    const halves = new Uint16Array(0x10000);
    toHalf(halfValues, halves, 0);
    for (let half = 0; half < 0x10000; half++) {
      if (Number.isNaN(halfValues[half])) expect(halfValues[halves[half]!]).toBeNaN();
      else expect(halves[half]).toBe(half);
    }
  });

  test('writes from the offset and nowhere else', () => {
    const halves = new Uint16Array(4).fill(9);
    toHalf(Float32Array.of(1, -2), halves, 1);
    expect([...halves]).toEqual([9, 0x3c00, 0xc000, 9]);
  });
});

describe('packed rows', () => {
  test("keep eleven bits of every value that is not tiny beside the largest of its row, whatever the row's size", () => {
    const row = fc.tuple(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: -80, max: 80 }),
    );
    fc.assert(
      fc.property(row, ([values, exponent]) => {
        const singles = Float32Array.from(values, (value) => value * 2 ** exponent);
        const largest = Math.max(...singles.map(Math.abs));
        roundTrip([...singles], singles.length).forEach((value, i) => {
          const allowed = Math.max(Math.abs(singles[i]!) * 2 ** -11, largest * 2 ** -38);
          expect(Math.abs(value - singles[i]!)).toBeLessThanOrEqual(allowed);
        });
      }),
    );
  });

  test.each([
    ['zeros', [0, 0, 0]],
    ['whole numbers to 2048', [1, -2047, 2048]],
    ['beyond the range of half precision', [2 ** 20, -(2 ** 30), 2 ** 31]],
    ['far below it', [2 ** -100, -(2 ** -110), 0]],
    ['an infinity', [Infinity, 1, -Infinity]],
  ])('give back exactly a row of %s', (_, values) => {
    expect([...roundTrip(values, 3)]).toEqual(values);
  });

  test('keep NaN in its place, and rows apart', () => {
    expect([...roundTrip([NaN, 1, 2 ** -40, 3 * 2 ** -40], 2)]).toEqual([NaN, 1, 2 ** -40, 3 * 2 ** -40]);
  });
});
