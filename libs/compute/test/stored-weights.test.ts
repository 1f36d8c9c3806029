import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resizeStored } from '../src/engines/onnx/stored-weights.ts';

const dimensions = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 })).map(([plain, added]) => ({
    plain,
    stored: plain + added,
  })),
  { minLength: 1, maxLength: 4 },
);

test('a weight of any shape comes back from its stored size, and all that is added is zero', () => {
  fc.assert(
    fc.property(dimensions, (shape) => {
      const size = (of: 'plain' | 'stored') => shape.reduce((product, one) => product * one[of], 1);
      const plain = Float32Array.from({ length: size('plain') }, (_, i) => i + 1);
      const stored = resizeStored(plain, shape, 'stored');
      expect(stored).toHaveLength(size('stored'));
      expect(stored.filter((value) => value !== 0)).toEqual(plain);
      expect(resizeStored(stored, shape, 'plain')).toEqual(plain);
    }),
  );
});

test('two rows of two become three rows of three', () => {
  const shape = [
    { plain: 2, stored: 3 },
    { plain: 2, stored: 3 },
  ];
  expect([...resizeStored(new Float32Array([1, 2, 3, 4]), shape, 'stored')]).toEqual([
    1, 2, 0, 3, 4, 0, 0, 0, 0,
  ]);
});

test('a weight that needs no room is copied, not shared', () => {
  const data = new Float32Array([1, 2]);
  const copy = resizeStored(data, [{ plain: 2, stored: 2 }], 'stored');
  copy[0] = 9;
  expect([...data]).toEqual([1, 2]);
});
