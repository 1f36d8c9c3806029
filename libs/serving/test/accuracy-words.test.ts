import { expect, test } from 'vitest';
import { accuracyWords } from '../src/card/accuracy-words.ts';

const overall = { accuracy: 0.9, ci95: [0.85, 0.94] as const, images: 300, groups: 300 };
const validation = { overall: { ...overall, accuracy: 0.8, ci95: null }, per_class: [] };

test.each([
  [
    'it is not known which test images are copies',
    null,
    'On images that it has never seen it is right 90.0 % of the time (95 % interval 85.0 to 94.0 %).',
  ],
  [
    'none is',
    { twins: 0, accuracy: 0.9, ci95: null },
    'On images that it has never seen it is right 90.0 % of the time (95 % interval 85.0 to 94.0 %).',
  ],
  [
    'some are',
    { twins: 240, accuracy: 0.55, ci95: [0.42, 0.67] as const },
    'On images that it has never seen it is right 55.0 % of the time (95 % interval 42.0 to 67.0 %); on all test images, of which 240 are copies of those that it learned from or was chosen by, 90.0 %.',
  ],
  [
    'too few are none',
    { twins: 295, accuracy: null, ci95: null },
    'It is not known how often it is right on images that it has never seen: nearly all of its test images are copies of those that it learned from or was chosen by, and on all of them it is right 90.0 % of the time.',
  ],
])('a model card says how good a model is where %s', (_, honest, words) => {
  expect(accuracyWords({ validation, test: { overall, per_class: [], ece: 0.1 } }, honest)).toBe(words);
});

test('a model card says that nothing is known of test images which are sealed', () => {
  expect(accuracyWords({ validation, test: null }, null)).toBe(
    'It is not known how often it is right on images that it has never seen: the test set is sealed. On validation images it is 80.0 % (95 % interval not known).',
  );
});
