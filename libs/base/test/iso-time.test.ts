import { expect, test } from 'vitest';
import { isoTime } from '../src/index.ts';

test.each([
  [0, '1970-01-01T00:00:00.000Z'],
  [1_700_000_000_000.5, '2023-11-14T22:13:20.000Z'],
  [-62_167_219_200_000, '0000-01-01T00:00:00.000Z'],
  [253_402_300_799_999, '9999-12-31T23:59:59.999Z'],
  [-62_167_219_200_001, null],
  [253_402_300_800_000, null],
  [9e15, null],
  [Number.NaN, null],
  [Infinity, null],
])('%d ms since 1970 is %s', (ms, text) => {
  expect(isoTime(ms)).toBe(text);
});
