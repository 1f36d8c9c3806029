import { describe, expect, it } from 'vitest';
import { checkColumn, filterRows, sortRows, type RunRow } from '../src/index.ts';

const rows: RunRow[] = [
  {
    id: 'a',
    val_accuracy: 0.95,
    'model.scenario': 'partial_unfreeze',
    augmentation: true,
    tags: ['good', 'paper'],
    note: null,
    'val/F1: macro `a\\b`': 0.5,
    and: 'x',
    constructor: 'y',
  },
  {
    id: 'b',
    val_accuracy: 0.9,
    'model.scenario': 'feature_extraction',
    augmentation: false,
    tags: [],
    note: 'Too "slow"',
  },
  {
    id: 'c',
    val_accuracy: null,
    'model.scenario': 'from_scratch',
    augmentation: false,
    tags: ['bad'],
    note: null,
  },
];

function chosen(expression: string): string {
  return filterRows(rows, expression)
    .map(({ id }) => id)
    .join('');
}

describe('an expression over runs', () => {
  it.each([
    ['val_accuracy > 0.9', 'a'],
    ['val_accuracy >= 9e-1', 'ab'],
    ['val_accuracy > 90 %', 'a'],
    ['val_accuracy >= 90% and val_accuracy < 95.01 %', 'ab'],
    ['val_accuracy < 1', 'ab'],
    ['not val_accuracy < 1', 'c'],
    ['val_accuracy = null', 'c'],
    ['val_accuracy != null', 'ab'],
    ['val_accuracy > 0.9 and model.scenario = "partial_unfreeze"', 'a'],
    ["model.scenario == 'from_scratch'", 'c'],
    ['model.scenario = from_scratch', 'c'],
    ['model.scenario in (from_scratch, feature_extraction)', 'bc'],
    ['model.scenario contains "EXTRACT"', 'b'],
    ['augmentation', 'a'],
    ['not augmentation', 'bc'],
    ['augmentation = false AND val_accuracy > 0', 'b'],
    // `and` binds closer than `or`.
    ['id = a or id = b and augmentation', 'a'],
    ['(id = a or id = b) and augmentation', 'a'],
    ['id = b or id = a and augmentation', 'ab'],
    ['tags = good', 'a'],
    ['tags contains "A"', 'ac'],
    ['tags = null', 'b'],
    ['note = "Too \\"slow\\""', 'b'],
    ['scenario = from_scratch', 'c'],
    ['not (scenario = from_scratch or id = a)', 'b'],
    ['`val/F1: macro \\`a\\\\b\\`` > 0.4 and id = a', 'a'],
    ['`and` = x and constructor = "y"', 'a'],
  ])('%s chooses %s', (expression, expected) => {
    expect(chosen(expression)).toBe(expected);
  });

  it.each([
    ['', 1, 'found the end; allowed: a column'],
    ['val_accuracy >', 15, 'found the end; allowed: a value'],
    ['val_accuracy 0.9', 14, 'found 0.9; allowed: a comparison'],
    ['(id = a', 8, 'found the end; allowed: )'],
    ['id = a id = b', 8, 'found id; allowed: and, or, or the end'],
    ['id = "a', 6, 'found "; allowed: a text that ends'],
    ['id = a & id = b', 8, 'found &; allowed'],
    ['`id = a', 1, 'found `; allowed: a column that ends'],
    ['0.9 < val_accuracy', 1, 'found 0.9; allowed: a column'],
    ['val_acuracy > 0.9', 1, 'no run has a column val_acuracy; did you mean val_accuracy?'],
    [
      'id = a and val_accuracy > "high"',
      12,
      'val_accuracy holds number, which cannot be compared with "high" (text)',
    ],
    ['model.scenario > 3', 1, 'model.scenario holds text'],
    ['scenario > 3', 1, 'model.scenario holds text'],
  ])('%s is refused at column %d', (expression, column, message) => {
    expect(() => chosen(expression)).toThrow(`column ${column}: ${message}`);
  });
});

it('a name that several columns end with is not guessed', () => {
  const both: RunRow[] = [{ id: 'a', 'training.rate': 1, 'early_terminate.rate': 2 }];
  expect(() => filterRows(both, 'id = a and rate = 1')).toThrow(
    'column 12: rate may be training.rate or early_terminate.rate',
  );
  expect(() => checkColumn(rows, 'scenario')).toThrow('did you mean model.scenario?');
});

it('sorts numbers as numbers and texts as readers count, with what is missing last either way', () => {
  const ids = (sort: string) =>
    sortRows(rows, sort)
      .map(({ id }) => id)
      .join('');
  expect([ids('val_accuracy'), ids('-val_accuracy'), ids('-id'), ids('note')]).toEqual([
    'bac',
    'abc',
    'cba',
    'bac',
  ]);
  const named: RunRow[] = ['run-10', 'run-9'].map((id) => ({ id }));
  expect(sortRows(named, 'id').map(({ id }) => id)).toEqual(['run-9', 'run-10']);
});
