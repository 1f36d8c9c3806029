import { expect, test } from 'vitest';
import { verifiedText } from '../../shape/verified-text.ts';

test.each([
  ['train', '32 training images, largest difference 1.2e-7'],
  ['validation', '32 validation images, largest difference 1.2e-7'],
  ['test', '32 test images, largest difference 1.2e-7'],
  [null, '32 images, largest difference 1.2e-7'],
] as const)('an export says on which images it was compared, where that is known: %s', (part, text) => {
  expect(verifiedText({ images: 32, largest_difference: 1.2e-7, part })).toBe(text);
});
