import { createEngine, tensor } from '@thaw/compute';
import { readPixels } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import { backbones, loadBackboneWeights } from '@thaw/model';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const shared = resolve(import.meta.dirname, '../../shared');
const images = join(shared, 'data/blood-cells/images');
const size = 224;

interface Golden {
  images: {
    image: string;
    pixels_sum_uint8: number;
    pixels_at_row_col: Record<string, number[]>;
    /** The features: means over the last image's pixels. */
    gap: number[];
  }[];
}

test.skipIf(!existsSync(shared)).each([0.35, 1])(
  "image files become Keras's features with ImageNet weights of alpha %s (needs ../shared)",
  async (alpha) => {
    const folder = join(shared, 'weights', `mobilenetv2_${alpha === 1 ? '1.0' : alpha}_${size}`);
    const backbone = backbones.mobilenet_v2;
    const golden = JSON.parse(readFileSync(join(folder, 'golden-keras-features.json'), 'utf8')) as Golden;
    const network = backbone.network({ alpha, imageSize: size });
    const { model } = settingsSchema.parse({
      model: { alpha, image_size: size, weights: join(folder, backbone.imagenet!.file(alpha, size)) },
    });
    const { weights } = await loadBackboneWeights(model, network, { cacheDir: folder, seed: 0 });
    const predictor = await createEngine('onnx').predictor(network, weights);
    expect(golden.images).toHaveLength(4);
    for (const { image, pixels_sum_uint8, pixels_at_row_col, gap } of golden.images) {
      const pixels = await readPixels(join(images, image), { size, interpolation: 'nearest' });
      // The golden sum was taken in float32.
      const sum = Math.fround(pixels.reduce((total, value) => total + value, 0));
      expect(sum, image).toBe(pixels_sum_uint8);
      for (const [place, rgb] of Object.entries(pixels_at_row_col)) {
        const [row, column] = place.split(',').map(Number) as [number, number];
        const start = (row * size + column) * 3;
        expect([...pixels.subarray(start, start + 3)], `${image} at ${place}`).toEqual(rgb);
      }
      const features = await predictor.predict(tensor([1, size, size, 3], backbone.preprocess(pixels)));
      expect(features.shape).toEqual([1, gap.length]);
      const error = Math.hypot(...features.data.map((value, i) => value - gap[i]!)) / Math.hypot(...gap);
      expect(error, image).toBeLessThan(1e-4);
    }
    await predictor.dispose();
  },
);
