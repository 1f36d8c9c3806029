import { expect, it } from 'vitest';
import type { RunResultsAnswer } from '../../api/operations/results.ts';
import { forecastPoints, forecastText } from '../../shape/plots/forecast-points.ts';

const forecast = { accuracy: 0.57, ci95: [0.51, 0.63] as const };
const validation = { accuracy: 0.6, ci95: [0.54, 0.66] as const, images: 90, groups: 30 };
const test = { accuracy: 0.55, ci95: null, images: 40, groups: 10 };
const results = { overall: { validation, test, gap: { value: 0.05, ci95: null } } };
type Results = RunResultsAnswer['results'];

it('puts forecast, validation and test beside each other, in points and in words', () => {
  const points = forecastPoints(forecast, { results: results as unknown as Results, validation: null });
  expect(points).toEqual([
    { name: 'forecast', value: 0.57, ci95: [0.51, 0.63] },
    { name: 'validation', value: 0.6, ci95: [0.54, 0.66] },
    { name: 'test', value: 0.55, ci95: null },
  ]);
  expect(forecastText(points)).toBe(
    'Accuracy: forecast 57.0 % (95 % interval 51.0 to 63.0 %), validation 60.0 % (95 % interval 54.0 to 66.0 %), test 55.0 % (95 % interval not known).',
  );
});

it('has no point of a test set that is sealed, and says so', () => {
  const sealed = { overall: validation } as RunResultsAnswer['validation'];
  const points = forecastPoints(forecast, { results: null, validation: sealed });
  expect(points.map(({ name }) => name)).toEqual(['forecast', 'validation']);
  expect(forecastText(points)).toMatch(/; the test set is sealed\.$/);
});
