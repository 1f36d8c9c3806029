import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonText, orderedRecord } from '../src/index.ts';

it('keeps the order of keys that are whole numbers', () => {
  const record = orderedRecord([
    ['10', 0.5],
    ['2', 0.25],
    ['cat', 0.125],
    ['__proto__', 0.125],
  ]);
  expect(jsonText([{ label: '10', probabilities: record }])).toBe(
    '[{"label":"10","probabilities":{"10":0.5,"2":0.25,"cat":0.125,"__proto__":0.125}}]',
  );
  expect(jsonText(record, 2)).toBe('{\n  "10": 0.5,\n  "2": 0.25,\n  "cat": 0.125,\n  "__proto__": 0.125\n}');
  expect(record['2']).toBe(0.25);
});

it('is JSON.stringify for everything else', () => {
  const values = fc.anything({ withDate: true, withNullPrototype: true, withSparseArray: false });
  fc.assert(
    fc.property(values, fc.constantFrom(0, 2), (value, indent) => {
      let expected: string | undefined;
      try {
        expected = JSON.stringify(value, null, indent);
      } catch {
        return;
      }
      expect(jsonText(value, indent)).toBe(expected ?? 'null');
    }),
  );
});
