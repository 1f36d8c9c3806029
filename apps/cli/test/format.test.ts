import { describe, expect, it } from 'vitest';
import { age, columnLabels, duration, parameterList, signed } from '@thaw/base';
import { sparkline } from '../src/report/sparkline.ts';

describe('numbers and times in tables', () => {
  it.each([
    [0.333, '+0.33'],
    [-0.333, '-0.33'],
    [0, '0.00'],
    [-0.001, '0.00'],
    [0.001, '0.00'],
    [null, '-'],
    [Number.NaN, 'nan'],
  ])('signs the difference %s as %s', (value, text) => {
    expect(signed(value, 2)).toBe(text);
  });

  it.each([
    [0, '0.0 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min 00 s'],
    [185, '3 min 05 s'],
    [3599.6, '1 h 00 min'],
    [7620, '2 h 07 min'],
    [4 * 86_400, '4 days'],
    [Number.POSITIVE_INFINITY, '-'],
    [null, '-'],
  ])('says a span of %s seconds as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_600_000, '1 h'],
    [47 * 3_600_000, '47 h'],
    [48 * 3_600_000, '2 days'],
  ])('says that something is %s ms old as %s', (milliseconds, text) => {
    expect(age(milliseconds)).toBe(text);
  });
});

describe('names of parameters', () => {
  it('shortens paths to the shortest endings that differ', () => {
    expect([
      ...columnLabels(['model.head_units', 'split.seed', 'training.seed', 'augmentation']).values(),
    ]).toEqual(['head_units', 'split.seed', 'training.seed', 'augmentation']);
  });

  it('keeps a whole path that is the ending of another', () => {
    expect(columnLabels(['seed', 'a.seed']).get('seed')).toBe('seed');
    expect(columnLabels(['seed', 'a.seed']).get('a.seed')).toBe('a.seed');
  });

  it('lists values in one line, objects as JSON', () => {
    expect(parameterList({ 'model.scenario': 'from_scratch', augmentation: { rotation_range: 20 } })).toBe(
      'scenario=from_scratch augmentation={"rotation_range":20}',
    );
  });
});

describe('sparklines', () => {
  it.each([
    [[], ''],
    [[1], '▅'],
    [[2, 2, 2], '▅▅▅'],
    [[0, 1], '▁█'],
    [[0, 0.5, 1], '▁▅█'],
    [[0, Number.NaN, 1], '▁ █'],
    [[Number.NaN], ' '],
  ])('draws %j as "%s"', (values, text) => {
    expect(sparkline(values)).toBe(text);
  });

  it('averages a long curve down to its width', () => {
    expect(sparkline([0, 0, 1, 1, 0, 0, 1, 1], 4)).toBe('▁█▁█');
    expect(
      sparkline(
        Array.from({ length: 1000 }, (_, i) => i),
        60,
      ),
    ).toHaveLength(60);
  });
});
