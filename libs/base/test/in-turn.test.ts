import { expect, test } from 'vitest';
import { inTurn } from '../src/index.ts';

test.each([
  ['', ''],
  ['aaabbc', 'abcaba'],
  ['cba', 'cba'],
  ['aab', 'aba'],
])('%s by letter is %s', (items, expected) => {
  expect(inTurn([...items], (letter) => letter).join('')).toBe(expected);
});
