import * as z from 'zod';
import { means, share } from './forms.ts';

const degrees = z.number().nonnegative();
/** Keras: below 1 a fraction of the side, from 1 on pixels. */
const shift = z.number().nonnegative();
const lowToHigh = (number: z.ZodNumber, allowed: string) =>
  z
    .tuple([number, number])
    .refine(([low, high]) => low <= high, `${allowed}, low not above high`)
    .describe(allowed);

const brightness = '[low, high] (two numbers from 0, the second above 0)';

/** A number, as the range `of` makes of it, or [low, high] within the limits. */
const range = (low: number, high: number, of: (factor: number) => [number, number]) =>
  z
    .union([
      z.number().min(0).max(high),
      lowToHigh(z.number().min(low).max(high), `[low, high] (two numbers from ${low} to ${high})`),
    ])
    .transform((value) => (typeof value === 'number' ? of(value) : value));
const fromZero = (factor: number): [number, number] => [0, factor];

/** Keras's RandomColorJitter, in its words. */
const colorJitter = z.strictObject({
  brightness_factor: range(-1, 1, (factor) => [-factor, factor])
    .meta(means('This share of 255 is added to the values, either way.', 0.1))
    .optional(),
  contrast_factor: range(0, 1, (factor) => [factor, factor])
    .meta(means('The distance from the mean of the channel, times 0.8 to 1.2 for 0.2.', 0.2))
    .optional(),
  saturation_factor: range(0, 1, fromZero)
    .meta(
      means(
        'f makes the saturation f / (1 - f) times what it was: 0.5 leaves it, 0 makes grey. A number alone goes from 0 to it, as in Keras.',
        [0.4, 0.6],
      ),
    )
    .optional(),
  hue_factor: range(0, 1, fromZero)
    .meta(means('Half of it, in turns of the colour wheel, either way.', 0.05))
    .optional(),
});

/** Keras's ImageDataGenerator, in its words, and what newer Keras has as layers: `factor` is the share of images that get it. */
export const augmentationOptions = z.strictObject({
  rotation_range: degrees
    .meta(
      means(
        'Turned by up to so many degrees, either way. Images that are not square want `dataset.resize: crop` or `pad`: of one that was stretched a turned view shows things squeezed along the other axis.',
        20,
      ),
    )
    .default(0),
  width_shift_range: shift
    .meta(
      means(
        'Shifted sideways by up to so much, either way: below 1 a fraction of the width, above it pixels, of which a whole number n means at most n - 1, as in Keras.',
        0.1,
      ),
    )
    .default(0),
  height_shift_range: shift.meta(means('The same, up and down.', 0.1)).default(0),
  shear_range: degrees.meta(means('Sheared by up to so many degrees, either way.', 10)).default(0),
  zoom_range: z
    .union([z.number().min(0).lt(1), lowToHigh(z.number().positive(), '[low, high] (two numbers above 0)')])
    .meta(means('Zoomed by a factor: z stands for [1 - z, 1 + z].', 0.2))
    .default(0),
  horizontal_flip: z.boolean().meta(means('Half of the images are mirrored.', true)).default(false),
  vertical_flip: z.boolean().meta(means('Half of the images are turned upside down.', true)).default(false),
  brightness_range: lowToHigh(z.number().min(0), brightness)
    .refine(([, high]) => high > 0, brightness)
    .describe(brightness)
    .meta(means('The brightness, times a factor from this range.', [0.9, 1.1]))
    .optional(),
  fill_mode: z
    .enum(['nearest', 'constant', 'reflect', 'wrap'])
    .meta(means('What lies beyond the border of an image that was moved.', 'reflect'))
    .default('nearest'),
  cval: z
    .number()
    .min(0)
    .max(255)
    .meta(means('What lies beyond the border with `fill_mode: constant`. 0 when left out.', 255))
    .optional(),
  channel_shift_range: z
    .number()
    .min(0)
    .max(255)
    .meta(
      means(
        "One number from this range, either way, is added to all values of an image, cut off at the image's own least and largest.",
        20,
      ),
    )
    .optional(),
  color_jitter: colorJitter.meta(means("Keras's `RandomColorJitter`.")).optional(),
  gaussian_blur: z
    .strictObject({
      factor: share.meta(means('The share of images that are blurred.', 0.5)).default(1),
      kernel_size: z
        .number()
        .int()
        .min(1)
        .max(101)
        .refine((size) => size % 2 === 1, 'an odd number of pixels, 1 to 101')
        .meta(means('Odd, in pixels.', 5))
        .default(3),
      sigma: range(0.01, 100, (sigma) => [0.01, sigma])
        .meta(
          means(
            'Standard deviation in pixels, drawn for each direction. A number goes from 0.01 to it.',
            1.5,
            [0.01, 1],
          ),
        )
        .default([0.01, 1]),
    })
    .meta(means("Keras's `RandomGaussianBlur`."))
    .optional(),
  random_erasing: z
    .strictObject({
      factor: share.meta(means('The share of images of which something is erased.', 0.5)).default(1),
      scale: lowToHigh(share, '[low, high] (two numbers from 0 to 1)')
        .meta(means('The squares of the shares of width and height that are erased.', [0.02, 0.2]))
        .default([0.02, 0.33]),
      fill_value: z
        .number()
        .min(0)
        .max(255)
        .meta(means('What is put there. Noise when left out.', 127))
        .optional(),
    })
    .meta(means("Keras's `RandomErasing` (Zhong et al. 2017)."))
    .optional(),
  rand_augment: z
    .strictObject({
      num_ops: z
        .number()
        .int()
        .min(0)
        .max(16)
        .meta(
          means(
            "So many operations one after the other on each image, each drawn of the eleven of Keras's `RandAugment`: shear, translate, rotate, brightness, color, contrast, sharpness, posterize, solarize, auto_contrast, equalize. 0 for none.",
            3,
          ),
        )
        .default(2),
      factor: share
        .meta(
          means(
            'How strong: for each operation a strength is drawn evenly from 0 to it. 1 goes as far as the paper does (30 degrees, 0.3 of shear, 45 % of the side, factors of 0.1 to 1.9, 4 of 8 bits, all values inverted).',
            0.3,
          ),
        )
        .default(0.5),
    })
    .meta(means("Keras's `RandAugment` (Cubuk et al. 2020)."))
    .optional(),
  trivial_augment: z
    .boolean()
    .meta(
      means(
        'One operation on each image, drawn of fourteen (those of `rand_augment`, shear and translate along one axis, and none at all), of one of 31 strengths: up to 135 degrees, 0.99 of shear, 32 pixels, factors of 0.01 to 1.99, 6 of 8 bits (Müller and Hutter 2021, Wide; Keras has none). Not beside `rand_augment`.',
        true,
      ),
    )
    .optional(),
  mixup_alpha: z
    .number()
    .min(0)
    .max(100)
    .meta(
      means(
        "Images and labels are mixed by shares of Beta(alpha, alpha) with others of their batch (Zhang et al. 2018, Keras's `MixUp`). 0 for none. `loss` and `accuracy` are then of mixed labels.",
        0.2,
      ),
    )
    .optional(),
  cutmix_alpha: z
    .number()
    .min(0)
    .max(100)
    .meta(
      means(
        "A square is taken from another image of the batch, and that share of its label (Yun et al. 2019, Keras's `CutMix`). Beside mixup each batch gets one of the two by chance. 0 for none.",
        1,
      ),
    )
    .optional(),
});

/** What `augmentation: true` means: the notebook's own choice. */
export const usualAugmentation = {
  rotation_range: 20,
  width_shift_range: 0.1,
  height_shift_range: 0.1,
  horizontal_flip: true,
};

export const augmentation = z
  .union([z.boolean(), augmentationOptions])
  .meta(
    means(
      '`true` stands for `{rotation_range: 20, width_shift_range: 0.1, height_shift_range: 0.1, horizontal_flip: true}`; a section says what to do; `false` for none.',
      true,
      false,
    ),
  )
  .default(false)
  .transform((value) => {
    if (value === false) return null;
    return value === true ? augmentationOptions.parse(usualAugmentation) : value;
  });
