import type { EpochRecord } from '@thaw/experiment';
import { classificationReport } from '@thaw/metrics';
import type { RunRow } from '@thaw/tracking';
import { describe, expect, it } from 'vitest';
import { classTable } from '../src/report/class-table.ts';
import { columnList } from '../src/report/column-list.ts';
import { stepSection } from '../src/report/run-steps.ts';
import { renderTable } from '../src/report/table.ts';
import { trialTable } from '../src/report/trial-table.ts';
import { summary, trial } from '@thaw/sweep/testing';

const lines = (...text: string[]) => text.join('\n');

describe('tables', () => {
  const options = { head: ['name', 'value'], rows: [['a', '1.50']], aligns: ['left', 'right'] as const };

  it('are columns of text where there is no terminal', () => {
    expect(renderTable({ ...options, columns: null })).toBe(lines('name  value', 'a      1.50'));
  });

  it('have lines around them on a terminal', () => {
    expect(renderTable({ ...options, columns: 16 })).toBe(
      lines(
        '┌──────┬───────┐',
        '│ name │ value │',
        '├──────┼───────┤',
        '│ a    │  1.50 │',
        '└──────┴───────┘',
      ),
    );
  });

  it('leave the lines out on a terminal that is too narrow for them', () => {
    expect(renderTable({ ...options, columns: 15 })).toBe(lines('name  value', 'a      1.50'));
  });
});

describe('a table of many rows', () => {
  const texts = Array.from({ length: 250 }, (_, i) => (i === 170 ? 'the widest of all' : `row ${i}`));
  const options = {
    head: ['name', { content: 'two', colSpan: 2 }],
    rows: texts.map((text, i) => [text, String(i), i === 3 ? '漢字' : 'a']),
    aligns: ['left', 'right', 'left'] as const,
  };
  const widths = [17, 3, 4];
  const cells = (i: number) => [
    texts[i]!.padEnd(widths[0]!),
    String(i).padStart(widths[1]!),
    i === 3 ? '漢字' : 'a'.padEnd(widths[2]!),
  ];

  it('has the same widths from the first row to the last', () => {
    expect(renderTable({ ...options, columns: null }).split('\n')).toEqual([
      'name                 two',
      ...texts.map((_, i) => cells(i).join('  ').trimEnd()),
    ]);
  });

  it('has one frame', () => {
    expect(renderTable({ ...options, columns: 40 }).split('\n')).toEqual([
      '┌───────────────────┬────────────┐',
      '│ name              │    two     │',
      '├───────────────────┼─────┬──────┤',
      ...texts.map((_, i) => `│ ${cells(i).join(' │ ')} │`),
      '└───────────────────┴─────┴──────┘',
    ]);
  });
});

describe('the table of trials', () => {
  it('sorts by number, marks the best and gives the reasons of failures below', () => {
    const trials = [
      trial(2, {
        state: 'failed',
        summary: null,
        error: 'the loss is NaN',
        parameters: { 'model.alpha': 1 },
      }),
      trial(0, { summary: summary(0.875, 0.5), parameters: { 'model.alpha': 0.35 } }),
      trial(1, { state: 'interrupted', summary: null, seconds: null, parameters: { 'model.alpha': 0.5 } }),
      trial(10, { summary: summary(0.5, 0.625), parameters: { 'model.alpha': 1.4 } }),
    ];
    expect(
      trialTable(trials, {
        parameters: ['model.alpha'],
        best: 0,
        leakage: null,
        sealed: false,
        metric: 'val_accuracy',
        columns: null,
      }),
    ).toBe(
      lines(
        'trial  alpha  state        epochs  val accuracy  test accuracy      gap  seconds',
        '  * 0  0.35   finished         12        0.8750         0.5000  +0.3750      1.2',
        '    1  0.5    interrupted       -             -              -        -        -',
        '    2  1      failed            -             -              -        -      1.2',
        '   10  1.4    finished         12        0.5000         0.6250  -0.1250      1.2',
        'trial 2 failed: the loss is NaN',
      ),
    );
  });

  it('has a column for the metric that a sweep chooses by, and - for what runs of before did not measure', () => {
    const trials = [
      trial(0, { summary: { ...summary(0.875, 0.5), val_auc: 0.96875 } }),
      trial(1, { summary: summary(0.5, 0.5) }),
      trial(2, { summary: { ...summary(0.75, 0.5), val_auc: Number.NaN } }),
    ];
    const options = { parameters: [], best: 0, leakage: null, sealed: false, columns: null } as const;
    expect(trialTable(trials, { ...options, metric: 'val_auc' })).toBe(
      lines(
        'trial  state     epochs  val auc  val accuracy  test accuracy      gap  seconds',
        '  * 0  finished      12   0.9688        0.8750         0.5000  +0.3750      1.2',
        '    1  finished      12        -        0.5000         0.5000   0.0000      1.2',
        '    2  finished      12      nan        0.7500         0.5000  +0.2500      1.2',
      ),
    );
  });
});

describe('the table of classes', () => {
  it('puts validation, test and their difference side by side as scikit-learn prints a report', () => {
    // Validation: A 1 of 2 right, B 2 of 2. Test: A 2 of 2 right, B 0 of 1 (so A has precision 2/3, B none).
    const validation = classificationReport([0, 0, 1, 1], [0, 1, 1, 1], ['A', 'B']);
    const test = classificationReport([0, 0, 1], [0, 0, 0], ['A', 'B']);
    expect(classTable(validation, test, { columns: null })).toBe(
      lines(
        '                         validation                            test                   validation minus test',
        '              precision  recall  f1-score  support  precision  recall  f1-score  support  precision  recall  f1-score',
        'A                  1.00    0.50      0.67        2       0.67    1.00      0.80        2      +0.33   -0.50     -0.13',
        'B                  0.67    1.00      0.80        2       0.00    0.00      0.00        1      +0.67   +1.00     +0.80',
        'accuracy                             0.75        4                         0.67        3                        +0.08',
        'macro avg          0.83    0.75      0.73        4       0.33    0.50      0.40        3      +0.50   +0.25     +0.33',
        'weighted avg       0.83    0.75      0.73        4       0.44    0.67      0.53        3      +0.39   +0.08     +0.20',
      ),
    );
  });
});

it('chosen columns have four decimals, or as many digits where these would all be zero', () => {
  const row = {
    id: 'one',
    test_accuracy: 0.53125,
    learning_rate: 0.0000123456,
    epochs: 3,
  } as unknown as RunRow;
  const names = ['test_accuracy', 'learning_rate', 'epochs', 'notes'];
  expect(columnList([row], names, null).split('\n')[1]!.split(/ +/)).toEqual([
    'one',
    '0.5312',
    '0.00001235',
    '3',
    '-',
  ]);
});

it('figures of steps have as many digits as tell them from none', () => {
  const steps = [0.001, 0.0000123456].map((learning_rate, epoch) => ({ epoch, learning_rate }));
  const shown = stepSection(steps as unknown as EpochRecord[], null);
  expect(shown).toContain('0.0010 to 0.00001235\n');
  expect(shown).toMatch(/^ *1 +0\.00001235$/m);
});
