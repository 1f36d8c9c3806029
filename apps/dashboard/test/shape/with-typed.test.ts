import { expect, test } from 'vitest';
import { withTyped } from '../../shape/with-typed.ts';

test.each([
  ['is added', ' paper ', ['best', 'paper']],
  ['is nothing where it is empty', '  ', ['best']],
  ['is there already, in another case', 'Best', ['best']],
])('a tag that is half typed %s', (_, typed, tags) => {
  expect(withTyped(['best'], typed, 50)).toEqual(tags);
});

test('a tag that is half typed is one too many where there are as many as there may be', () => {
  expect(withTyped(['best'], 'paper', 1)).toEqual(['best']);
});
