import type { Tensor } from '@thaw/compute';
import * as z from 'zod';

/** One number for all colours, or one for each in the order of `channels`. */
const perColour = z.union([z.number(), z.tuple([z.number(), z.number(), z.number()]).readonly()]);

/** `preprocessing.json`: how a file becomes the model's input, for programs. */
export const preprocessingSchema = z.object({
  format: z.literal(1),
  input: z.object({
    /** The name of the model's input, of shape [batch, height, width, 3]. */
    name: z.string(),
    height: z.number().int().positive(),
    width: z.number().int().positive(),
    /** The order of the colours. */
    channels: z.enum(['RGB', 'BGR']),
    layout: z.literal('NHWC'),
    dtype: z.literal('float32'),
    /** How many images the ONNX file takes at a time, where that is fixed. */
    batch: z.number().int().positive().optional(),
  }),
  /**
   * The range that becomes 0 to 255 of values of more than eight bits; without it they are taken as `toEightBits` says. Files of
   * eight bits are what they are.
   */
  depth: z.object({ low: z.number(), high: z.number() }).optional(),
  /**
   * As Pillow's `resize` does it, to exactly this size. Images of other proportions are stretched, but where `resize` says that their
   * middle is taken or that black is put around them, half of it on each side, the odd line below or on the right.
   */
  resize: z.object({
    interpolation: z.enum(['nearest', 'bilinear', 'bicubic']),
    library: z.literal('Pillow'),
    resize: z.enum(['crop', 'pad']).optional(),
  }),
  /** value / divisor + offset, on values 0 to 255, each number and each step rounded to float32. */
  normalize: z.object({ divisor: perColour, offset: perColour }),
  /** The TensorFlow.js file is what follows a backbone that ONNX Runtime alone runs: from its features to probabilities. */
  tensorflow_js: z.literal('head').optional(),
  /** Probabilities are means over views of the input: mirrored, upside down, both, and all of them turned. */
  test_time_augmentation: z.enum(['horizontal_flip', 'flips', 'dihedral']).optional(),
});

export type Preprocessing = z.output<typeof preprocessingSchema>;

/** Normalises images of RGB bytes, [height, width, 3], and puts them together as the model's input. */
export function inputOf(images: readonly Uint8Array[], preprocessing: Preprocessing): Tensor {
  const { height, width } = preprocessing.input;
  const length = height * width * 3;
  const data = new Float32Array(images.length * length);
  const values = valuesOfBytes(preprocessing);
  const order = preprocessing.input.channels === 'RGB' ? [0, 1, 2] : [2, 1, 0];
  for (const [channel, ofByte] of values.entries()) {
    images.forEach((pixels, i) => {
      const [from, to] = [order[channel]!, i * length + channel];
      for (let at = 0; at < length; at += 3) data[to + at] = ofByte[pixels[from + at]!]!;
    });
  }
  return { shape: [images.length, height, width, 3], data };
}

/** What each byte becomes by `normalize`, in each channel. */
function valuesOfBytes({ normalize: { divisor, offset } }: Preprocessing): Float32Array[] {
  const ofColour = (value: z.output<typeof perColour>, channel: number) =>
    Math.fround(typeof value === 'number' ? value : value[channel]!);
  return [0, 1, 2].map((channel) =>
    Float32Array.from(
      { length: 256 },
      (_, byte) => Math.fround(byte / ofColour(divisor, channel)) + ofColour(offset, channel),
    ),
  );
}
