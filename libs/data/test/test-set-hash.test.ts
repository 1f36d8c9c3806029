import { expect, it } from 'vitest';
import { testSetHash } from '../src/index.ts';

const of = (...hashes: string[]) =>
  testSetHash({
    test: hashes.map((sha256, i) => ({ path: `/${i}`, name: `${i}`, label: 0, sha256, group: null })),
  });

it('a test set is known by its images, whatever their names and order', () => {
  expect(of('a', 'b')).toBe(of('b', 'a'));
  expect(of('a', 'b')).not.toBe(of('a', 'c'));
  expect(of()).toBeNull();
});
