import type { Random } from '@thaw/base';
import { tensor, type Tensor } from '@thaw/compute';
import type { Augmentation } from '@thaw/experiment';

/** Rows from `top` to below `bottom` and columns from `left` to below `right`, whole pixels. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How the images of a batch are mixed: each with the one at `partners` of it. */
export interface MixingDraw {
  readonly partners: readonly number[];
  /** The share of each image and label that stays its own. */
  readonly shares: readonly number[];
  /** Where each image is its partner's instead (cutmix); null where the whole of both is mixed (mixup). */
  readonly boxes: readonly Box[] | null;
}

/**
 * Mixes the images of a batch and their labels: mixup (Zhang et al. 2018, Keras's `MixUp`) or cutmix (Yun et al. 2019, Keras's
 * `CutMix` with its labels by the pixels that were really taken).
 */
export class Mixing {
  readonly draw: MixingDraw;

  constructor(draw: MixingDraw) {
    this.draw = draw;
  }

  /** [images, size, size, channels], changed in place. */
  mixImages({ shape, data }: Tensor): void {
    this.mixInto(data, { first: 0, size: shape[1]!, batch: data.slice() });
  }

  /** What becomes of images `first` and following of a whole batch, [images, size, size, channels]: as many as `target` takes. */
  mixInto(
    target: Float32Array,
    { first, size, batch }: { readonly first: number; readonly size: number; readonly batch: Float32Array },
  ): void {
    const length = batch.length / this.draw.partners.length;
    const imageAt = (i: number) => batch.subarray(i * length, (i + 1) * length);
    for (let at = 0, i = first; at < target.length; at += length, i++) {
      const images = [imageAt(i), imageAt(this.draw.partners[i]!)] as const;
      this.#mixPair(i, images, { size, target: target.subarray(at, at + length) });
    }
  }

  #mixPair(
    i: number,
    [own, other]: readonly [Float32Array, Float32Array],
    { size, target }: { readonly size: number; readonly target: Float32Array },
  ): void {
    const { shares, boxes } = this.draw;
    if (boxes === null) {
      const share = shares[i]!;
      for (let at = 0; at < target.length; at++) target[at] = share * own[at]! + (1 - share) * other[at]!;
      return;
    }
    target.set(own);
    const { left, right, top, bottom } = boxes[i]!;
    const channels = target.length / (size * size);
    for (let y = top; y < bottom; y++) {
      const [start, end] = [(y * size + left) * channels, (y * size + right) * channels];
      target.set(other.subarray(start, end), start);
    }
  }

  /** [images, classes]. */
  mixLabels({ shape, data }: Tensor): Tensor {
    const { partners, shares } = this.draw;
    const classes = shape[1]!;
    const mixed = tensor([...shape]);
    for (let i = 0; i < mixed.data.length; i++) {
      const image = Math.floor(i / classes);
      const share = shares[image]!;
      const partner = partners[image]! * classes + (i % classes);
      mixed.data[i] = share * data[i]! + (1 - share) * data[partner]!;
    }
    return mixed;
  }
}

type Alphas = Pick<Augmentation, 'mixup_alpha' | 'cutmix_alpha'>;

/** Whether images are mixed at all. */
export function mixes({ mixup_alpha = 0, cutmix_alpha = 0 }: Alphas): boolean {
  return mixup_alpha > 0 || cutmix_alpha > 0;
}

/** Draws how a batch of so many images of so many pixels a side is mixed: by mixup or cutmix, by chance where both are on; null by none. */
export function drawMixing(
  alphas: Alphas,
  { images, size }: { readonly images: number; readonly size: number },
  random: Random,
): Mixing | null {
  if (!mixes(alphas)) return null;
  const { mixup_alpha = 0, cutmix_alpha = 0 } = alphas;
  const cuts = mixup_alpha === 0 || (cutmix_alpha > 0 && random.int(2) === 0);
  const partners = random.shuffle(Array.from({ length: images }, (_, i) => i));
  const alpha = cuts ? cutmix_alpha : mixup_alpha;
  const shares = partners.map(() => random.beta(alpha, alpha));
  if (!cuts) return new Mixing({ partners, shares, boxes: null });
  const boxes = shares.map((share) => drawBox(Math.sqrt(1 - share) * size, size, random));
  const kept = boxes.map(
    ({ left, right, top, bottom }) => 1 - ((right - left) * (bottom - top)) / (size * size),
  );
  return new Mixing({ partners, shares: kept, boxes });
}

/** A square of so long a side, somewhere within the image. */
function drawBox(side: number, size: number, random: Random): Box {
  const [left, top] = [random.uniform() * (size - side), random.uniform() * (size - side)];
  const [x, y] = [Math.ceil(left), Math.ceil(top)];
  return { left: x, top: y, right: Math.ceil(left + side), bottom: Math.ceil(top + side) };
}
