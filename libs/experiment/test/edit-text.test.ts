import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { editText } from '../src/browser.ts';

const file = `# Which scenario?
name: cells        # the sweep
split: {strategy: keras, validation: 0.2}   # not honest
# The network
model:
  alpha: 1.0       # the wide one
  scenario: feature_extraction
augmentation:      # little
  rotation_range: 20
training:
  epochs: 6
  early_stopping: {monitor: val_loss, patience: 2}
parameters:
  model.head_units: {values: [64, 128]}
`;
const sections = ['name', 'dataset', 'split', 'model', 'augmentation', 'training', 'method', 'parameters'];

describe('a text whose value is changed says the rest as it was', () => {
  it.each<[string, string[], unknown, string, string]>([
    ['a word', ['name'], 'blood', 'name: cells  ', 'name: blood  '],
    ['a word that needs quotes', ['name'], 'a: b # c', 'name: cells', 'name: "a: b # c"'],
    ['a number', ['model', 'alpha'], 0.35, 'alpha: 1.0', 'alpha: 0.35'],
    ['a value in braces', ['split', 'validation'], 0.25, 'validation: 0.2}', 'validation: 0.25}'],
    ['a list', ['parameters', 'model.head_units'], { values: [32] }, '{values: [64, 128]}', '{values: [32]}'],
    [
      'a section by a word',
      ['augmentation'],
      true,
      'augmentation:      # little\n  rotation_range: 20',
      'augmentation: true      # little',
    ],
    [
      'a new setting',
      ['model', 'image_size'],
      96,
      'feature_extraction\n',
      'feature_extraction\n  image_size: 96\n',
    ],
    ['a new setting in braces', ['split', 'seed'], 1, '0.2}', '0.2, seed: 1}'],
    ['a new section', ['dataset', 'path'], 'a b', 'split:', 'dataset:\n  path: a b\nsplit:'],
    ['a new word', ['method'], 'bayes', 'parameters:', 'method: bayes\nparameters:'],
    [
      'a setting two sections deep',
      ['training', 'warm_head', 'epochs'],
      2,
      'patience: 2}\n',
      'patience: 2}\n  warm_head: {epochs: 2}\n',
    ],
    ['a setting less', ['training', 'epochs'], undefined, '  epochs: 6\n', ''],
    ['a setting less in braces', ['split', 'validation'], undefined, ', validation: 0.2', ''],
    ['the first setting less in braces', ['split', 'strategy'], undefined, 'strategy: keras, ', ''],
    [
      'a section less with its only setting',
      ['augmentation', 'rotation_range'],
      undefined,
      'augmentation:      # little\n  rotation_range: 20\n',
      '# little\n',
    ],
    ['nothing', ['training', 'momentum'], undefined, '', ''],
  ])('%s', (_, path, value, before, after) => {
    expect(editText(file, path, value, sections)).toBe(file.replace(before, after));
  });
});

it.each<[string, string, string[], unknown, string | null]>([
  [
    'opens what a word stands for',
    'augmentation: true\n',
    ['augmentation', 'zoom_range'],
    0.2,
    'augmentation: {rotation_range: 20, width_shift_range: 0.1, height_shift_range: 0.1, horizontal_flip: true, zoom_range: 0.2}\n',
  ],
  [
    'opens what was off',
    'augmentation: false  # none\n',
    ['augmentation', 'zoom_range'],
    0.2,
    'augmentation: {zoom_range: 0.2}  # none\n',
  ],
  ['fills a key without a value', 'name:\nmethod: grid\n', ['name'], 'a', 'name: a\nmethod: grid\n'],
  ['begins in an empty text', '', ['training', 'epochs'], 3, 'training:\n  epochs: 3\n'],
  ['begins under a comment', '# mine', ['name'], 'a', '# mine\nname: a\n'],
  ['adds to a text without an end of line', 'name: a', ['method'], 'grid', 'name: a\nmethod: grid\n'],
  [
    'keeps the comments of a section that goes',
    'a: {}\nmodel:  # one\n  # two\n  alpha: 1  # three\nb: 1\n',
    ['model', 'alpha'],
    undefined,
    'a: {}\n# one\n# two\n# three\nb: 1\n',
  ],
  [
    'keeps the comments of a section that becomes a word',
    'augmentation:  # one\n  zoom_range: 1  # two\nb: 1\n',
    ['augmentation'],
    true,
    'augmentation: true  # one\n# two\nb: 1\n',
  ],
  [
    'replaces a text of several lines',
    'description: |\n  a\n  b\nname: c\n',
    ['description'],
    'x\ny',
    'description: "x\\ny"\nname: c\n',
  ],
  [
    'keeps Windows line ends readable',
    'name: a\r\nmethod: grid\r\n',
    ['name'],
    'b',
    'name: b\r\nmethod: grid\r\n',
  ],
  [
    'overrides what is merged in',
    'a: &a {epochs: 1}\ntraining:\n  <<: *a\n',
    ['training', 'epochs'],
    2,
    'a: &a {epochs: 1}\ntraining:\n  <<: *a\n  epochs: 2\n',
  ],
  [
    'takes the place of an alias',
    'a: &a {epochs: 1, b: 0}\ntraining: *a\n',
    ['training', 'epochs'],
    2,
    'a: &a {epochs: 1, b: 0}\ntraining: {epochs: 2, b: 0}\n',
  ],
  ['leaves what other parts stand on', 'a: &a 5\nb: *a\n', ['a'], 6, null],
  ['leaves a text that is no YAML', 'name: [', ['name'], 'a', null],
  ['leaves a text that is no mapping', '- a\n', ['name'], 'a', null],
])('%s', (_, text, path, value, result) => {
  expect(editText(text, path, value)).toBe(result);
});

const experiments = join(import.meta.dirname, '../../../experiments');

it.each(['unfreeze.yaml', 'search.yaml'])(
  'of %s every comment and the order stay while each value is changed, taken away and set again',
  (name) => {
    const text = readFileSync(join(experiments, name), 'utf8');
    const comments = (of: string) => of.match(/(?<=^|\s)#.*$/gm) ?? [];
    const keys = (of: string) => Object.keys(parse(of, { merge: true }) as object);
    for (const path of leaves(parseDocument(text).toJS())) {
      const changed = editText(text, path, 'another')!;
      expect([path, comments(changed), keys(changed)]).toEqual([path, comments(text), keys(text)]);
      const less = editText(changed, path, undefined)!;
      expect([path, comments(less)]).toEqual([path, comments(text)]);
      expect(parse(editText(less, path, 'another', keys(text))!)).toEqual(parse(changed));
    }
  },
);

function leaves(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}
