import { readFileSync } from 'node:fs';
import { Random } from '@thaw/base';
import { tensor, type Tensor } from '@thaw/compute';
import { describe, expect, it } from 'vitest';
import { drawMixing, Mixing } from '../src/mixing.ts';

type Draw = ConstructorParameters<typeof Mixing>[0];
interface Golden extends Omit<Draw, 'boxes'> {
  readonly boxes?: Draw['boxes'];
  readonly images: readonly number[];
  readonly labels: readonly number[];
}

/** Made by golden/make_mixing.py. */
const { size, ...golden } = JSON.parse(
  readFileSync(new URL('golden/mixing.json', import.meta.url), 'utf8'),
) as { size: number; mixup: Golden; cutmix: Golden };

/** The images and labels of the script. */
function formulaBatch(): { images: Tensor; labels: Tensor } {
  const images = tensor([4, size, size, 3]);
  images.data.forEach((_, i) => {
    const [x, y, k] = [
      Math.trunc(i / 3) % size,
      Math.trunc(i / 3 / size) % size,
      Math.trunc(i / 3 / size / size),
    ];
    images.data[i] = (x * 37 + y * 11 + (i % 3) * 83 + x * y + 59 * k) % 256;
  });
  const labels = tensor([4, 3]);
  [0, 2, 1, 2].forEach((label, i) => (labels.data[i * 3 + label] = 1));
  return { images, labels };
}

describe('mixing', () => {
  it.each(['mixup', 'cutmix'] as const)('of images and labels is as in Keras: %s', (kind) => {
    const { images, labels, boxes = null, ...draw } = golden[kind];
    const mixing = new Mixing({ ...draw, boxes });
    const batch = formulaBatch();
    mixing.mixImages(batch.images);
    batch.images.data.forEach((value, i) => {
      expect(value).toBeCloseTo(images[i]!, 2);
    });
    mixing.mixLabels(batch.labels).data.forEach((value, i) => {
      expect(value).toBeCloseTo(labels[i]!, 4);
    });
  });

  it('with cutmix gives labels the share of the pixels that were really taken', () => {
    const random = new Random('cutmix');
    for (let i = 0; i < 50; i++) {
      const mixing = drawMixing({ cutmix_alpha: 1 }, { images: 2, size: 7 }, random)!;
      const images = tensor([2, 7, 7, 3]);
      images.data.fill(1, images.data.length / 2);
      const labels = tensor([2, 2], new Float32Array([1, 0, 0, 1]));
      mixing.mixImages(images);
      const own = images.data.slice(0, 147).filter((value) => value === 0).length / 147;
      expect(mixing.mixLabels(labels).data[0]).toBeCloseTo(own, 6);
    }
  });

  it('is off at 0, and by chance one of the two where both are on', () => {
    expect(drawMixing({ mixup_alpha: 0, cutmix_alpha: 0 }, { images: 4, size: 8 }, new Random(1))).toBeNull();
    expect(drawMixing({}, { images: 4, size: 8 }, new Random(1))).toBeNull();
    const random = new Random('both');
    const cut = Array.from({ length: 100 }, () => {
      const mixing = drawMixing({ mixup_alpha: 1, cutmix_alpha: 1 }, { images: 2, size: 9 }, random)!;
      const images = tensor([2, 9, 9, 3]);
      images.data.fill(1, images.data.length / 2);
      mixing.mixImages(images);
      return images.data.every((value) => value === 0 || value === 1);
    }).filter(Boolean).length;
    expect(cut).toBeGreaterThan(35);
    // Half of the two-image batches are mixed with themselves, which mixup leaves as they are.
    expect(cut).toBeLessThan(95);
  });
});
