import { describe, expect, it, test } from 'vitest';
import { figuresBehind, metricGoal, metricNames, metricValue, monitors, prefixed } from '../src/index.ts';
import type { Summary } from '../src/index.ts';

describe('metricGoal', () => {
  test.each([
    ['val_accuracy', 'maximize'],
    ['test_accuracy', 'maximize'],
    ['train_accuracy', 'maximize'],
    ['accuracy', 'maximize'],
    ['val_loss', 'minimize'],
    ['loss', 'minimize'],
    ['val_balanced_accuracy', 'maximize'],
    ['macro_f1', 'maximize'],
    ['test_auc', 'maximize'],
    ['val_calibration_error', 'minimize'],
  ])('%s is to %s', (name, goal) => {
    expect(metricGoal(name)).toBe(goal);
  });

  test.each(['vall_loss', 'f1', 'toString', 'val_val_loss'])('has no metric %s', (name) => {
    expect(() => metricGoal(name)).toThrow(
      new RangeError(`no metric is named ${name}; there are ${metricNames.join(', ')}`),
    );
  });
});

describe('the names of metrics', () => {
  it('are those of validation and training, which a sweep may choose by and training may watch', () => {
    expect(monitors).toEqual([...metricNames.map((name) => `val_${name}`), ...metricNames]);
  });

  const figures = {
    loss: 1,
    accuracy: 2,
    balanced_accuracy: 3,
    macro_f1: 4,
    auc: Number.NaN,
    calibration_error: 6,
  };

  it('stand in a summary behind the part of the images that they are of', () => {
    const summary = {
      ...prefixed('train_', figures),
      ...prefixed('val_', { ...figures, macro_f1: 0.5 }),
    } as unknown as Summary;
    expect(metricValue('macro_f1', summary)).toBe(4);
    expect(metricValue('val_macro_f1', summary)).toBe(0.5);
    expect(metricValue('val_auc', summary)).toBeNaN();
    expect(metricValue('calibration_error', summary)).toBe(6);
    expect(figuresBehind('train_', summary)).toEqual(prefixed('train_', figures));
  });

  it('have no value in a summary of before', () => {
    const before = { val_accuracy: 0.5, train_loss: 1 } as unknown as Summary;
    expect(metricValue('val_auc', before)).toBeNull();
    expect(metricValue('loss', before)).toBe(1);
    expect(metricValue('val_auc', null)).toBeNull();
  });
});
