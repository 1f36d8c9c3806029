import { expect, it } from 'vitest';
import { classRow, printedAlike, printedName } from '../src/index.ts';

it.each([
  ['cat', 'cat'],
  ['new\nline', String.raw`new\nline`],
  ['tab\there', String.raw`tab\there`],
  ['zero\u200bwidth', String.raw`zero\u{200b}width`],
  ['no\u00a0break', String.raw`no\u{a0}break`],
  ['\u202eright', String.raw`\u{202e}right`],
  ['caf\u00e9 日本語', 'caf\u00e9 日本語'],
  ['👩\u200d🔬', '👩\u200d🔬'],
  ['❤\ufe0f', '❤\ufe0f'],
  ['\ud800', String.raw`\u{d800}`],
])('%j is printed as %s', (name, printed) => {
  expect(printedName(name)).toBe(printed);
});

it.each([
  ['cat', 'cat ', true],
  ['cat', 'Cat', true],
  ['cat', 'ca\u200bt', true],
  ['fish', '\ufb01sh', true],
  ['a\nb', 'a b', true],
  ['cat', 'cats', false],
  ['caf\u00e9', 'cafe', false],
])('%j and %j print alike: %j', (a, b, alike) => {
  expect(printedAlike(a) === printedAlike(b)).toBe(alike);
});

it('a class that is called as a row of every report is told from it', () => {
  expect(['accuracy', 'macro avg', 'weighted avg', 'cat', 'a\nb'].map(classRow)).toEqual([
    'class accuracy',
    'class macro avg',
    'class weighted avg',
    'cat',
    String.raw`a\nb`,
  ]);
});
