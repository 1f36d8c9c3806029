import { expect, test } from 'vitest';
import { imageSizeIn, settingsSchema } from '../src/index.ts';

function sizes(
  progressive_size: unknown,
  { epochs = 6, image_size = 224, scenario = 'full_fine_tune' } = {},
) {
  const settings = settingsSchema.parse({
    model: { image_size, scenario },
    training: { epochs, progressive_size },
  });
  return Array.from({ length: epochs }, (_, i) => imageSizeIn(i + 1, settings));
}

test.each([
  ['in even steps', { from: 128, epochs: 3 }, {}, [128, 160, 192, 224, 224, 224]],
  ['in multiples of 32', { from: 96, epochs: 5 }, {}, [96, 96, 128, 160, 192, 224]],
  ['from a size that is none', { from: 100, epochs: 2 }, {}, [100, 160, 224, 224, 224, 224]],
  ['from half of the side, in half of the epochs', {}, { epochs: 5 }, [96, 160, 224, 224, 224]],
  ['never below 32 pixels', {}, { image_size: 48, epochs: 4 }, [32, 32, 48, 48]],
  ['not where it is off', false, { epochs: 2 }, [224, 224]],
  [
    'not where a frozen part keeps what it made of images',
    { from: 96 },
    { scenario: 'partial_unfreeze', epochs: 2 },
    [224, 224],
  ],
])('images grow %s', (_, progressive, more, expected) => {
  expect(sizes(progressive, more)).toEqual(expected);
});
