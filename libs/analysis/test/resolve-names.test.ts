import { expect, test } from 'vitest';
import { resolveNames } from '../src/groups/resolve-names.ts';

const images = ['TRAIN/A/1.png', 'TRAIN/A/2.png', 'TRAIN/B/1.png', 'TEST/A/1.png', 'TEST/A/3.png'].map(
  (name) => ({
    name,
    split: name.startsWith('TEST') ? ('test' as const) : ('train' as const),
  }),
);

const resolved = (validation: string[], tested: string[]) => {
  const found = resolveNames({ validation, test: tested }, images, 'cells');
  return [found.validation, found.test].map((part) => part.map(({ name }) => name));
};

test.each<[string, string[], string[], string[], string[]]>([
  ['to the folder', ['TRAIN/A/2.png'], ['TEST/A/1.png'], ['TRAIN/A/2.png'], ['TEST/A/1.png']],
  [
    "to the folder of a part, each split's own",
    ['A/1.png'],
    ['A/1.png'],
    ['TRAIN/A/1.png'],
    ['TEST/A/1.png'],
  ],
  ['also with . and \\', ['./A/2.png'], ['TEST\\A\\3.png'], ['TRAIN/A/2.png'], ['TEST/A/3.png']],
  [
    'or absolute, on any machine',
    ['/content/cells/TRAIN/A/1.png', '/content/cells/TRAIN/B/1.png'],
    ['/content/cells/TEST/A/3.png'],
    ['TRAIN/A/1.png', 'TRAIN/B/1.png'],
    ['TEST/A/3.png'],
  ],
  ['or absolute, in the part that they name', ['/x/TEST/A/1.png'], [], ['TEST/A/1.png'], []],
  [
    'or of Windows',
    [],
    ['C:\\d\\TEST\\A\\1.png', 'C:\\d\\TEST\\A\\3.png'],
    [],
    ['TEST/A/1.png', 'TEST/A/3.png'],
  ],
  ['or bare, where none other is called so', ['2.png'], ['3.png'], ['TRAIN/A/2.png'], ['TEST/A/3.png']],
])('names of predicted images are relative %s', (_, validation, tested, ...expected) => {
  expect(resolved(validation, tested)).toEqual(expected);
});

test.each<[string[], string[], string]>([
  [
    ['A/1.png', 'A/9.png'],
    [],
    '1 of 2 predicted images are not in cells: A/9.png; allowed: names relative to it',
  ],
  [
    ['a', 'b', 'c', 'd'],
    [],
    '4 of 4 predicted images are not in cells: a, b, c, ...; allowed: names relative to it, such as TRAIN/A/1.png',
  ],
  [
    ['1.png'],
    [],
    '1.png: found TRAIN/A/1.png and TRAIN/B/1.png and TEST/A/1.png in cells; allowed: a name that is',
  ],
  [
    ['A/2.png', 'TRAIN/A/2.png'],
    [],
    'TRAIN/A/2.png: found two predictions of TRAIN/A/2.png in cells; allowed: each image once in a split',
  ],
])('names that fit no image, or several, are told: %j', (validation, tested, message) => {
  expect(() => resolved(validation, tested)).toThrow(message);
});
