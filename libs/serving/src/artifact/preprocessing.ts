import type { Settings } from '@thaw/experiment';
import { backbones } from '@thaw/model';
import { z } from 'zod';

/** `preprocessing.json`: how a file becomes the model's input, for programs. */
export const preprocessingSchema = z.object({
  format: z.literal(1),
  input: z.object({
    /** The name of the model's input, of shape [batch, height, width, 3]. */
    name: z.string(),
    height: z.number().int().positive(),
    width: z.number().int().positive(),
    channels: z.literal('RGB'),
    layout: z.literal('NHWC'),
    dtype: z.literal('float32'),
  }),
  /** As Pillow's `resize` does it, to exactly this size; the aspect ratio is not kept. */
  resize: z.object({ interpolation: z.enum(['nearest', 'bilinear']), library: z.literal('Pillow') }),
  /** value / divisor + offset, on values 0 to 255, each step rounded to float32. */
  normalize: z.object({ divisor: z.number(), offset: z.number() }),
});

export type Preprocessing = z.output<typeof preprocessingSchema>;

/** What a trial did with its images, augmentation aside. `input` is the name of the network's input. */
export function preprocessingOf(
  { model, dataset }: Pick<Settings, 'model' | 'dataset'>,
  input: string,
): Preprocessing {
  const side = model.image_size;
  return {
    format: 1,
    input: { name: input, height: side, width: side, channels: 'RGB', layout: 'NHWC', dtype: 'float32' },
    resize: { interpolation: dataset.interpolation, library: 'Pillow' },
    normalize: backbones[model.backbone].scaling,
  };
}

/** Applies `normalize` to RGB bytes, into `target` where it is given. */
export function normalizePixels(
  pixels: Uint8Array,
  { divisor, offset }: Preprocessing['normalize'],
  target: Float32Array = new Float32Array(pixels.length),
): Float32Array {
  const ofByte = Float32Array.from({ length: 256 }, (_, byte) => Math.fround(byte / divisor) + offset);
  for (let i = 0; i < pixels.length; i++) target[i] = ofByte[pixels[i]!]!;
  return target;
}
