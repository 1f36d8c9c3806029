import { wholeTraining, type Settings } from './settings.ts';

/** The strides of a network: what lies between multiples of it is of little use to it. */
const sizeStep = 32;

/** Where images begin and for how many epochs they are smaller; null where they are as large as evaluation sees them all the time. */
export function growthOf({
  model: { scenario, image_size },
  training: { progressive_size, epochs },
}: Pick<Settings, 'model' | 'training'>): { readonly from: number; readonly epochs: number } | null {
  if (!progressive_size || !wholeTraining.includes(scenario)) return null;
  return {
    from: progressive_size.from ?? Math.max(stepped(image_size / 2), sizeStep),
    epochs: progressive_size.epochs ?? Math.floor(epochs / 2),
  };
}

/**
 * The side of the images in an epoch (from 1): with `progressive_size` it grows evenly over the first epochs, in multiples of 32
 * pixels, up to `model.image_size` (Howard's progressive resizing; Tan and Le 2021, EfficientNetV2).
 */
export function imageSizeIn(epoch: number, settings: Pick<Settings, 'model' | 'training'>): number {
  const { image_size } = settings.model;
  const growth = growthOf(settings);
  if (growth === null || epoch > growth.epochs) return image_size;
  const even = growth.from + ((image_size - growth.from) * (epoch - 1)) / growth.epochs;
  return Math.max(stepped(even), growth.from);
}

function stepped(size: number): number {
  return Math.floor(size / sizeStep) * sizeStep;
}
