import type { Settings } from '@thaw/experiment';
import { backboneOf } from '../backbone-of.ts';
import { findImagenetWeights } from './fetch-weights.ts';

/** Whether Keras's ImageNet weights for a model are on this machine already. */
export async function hasImagenetWeights(
  { backbone, alpha, image_size }: Pick<Settings['model'], 'backbone' | 'alpha' | 'image_size'>,
  cacheDir: string,
): Promise<boolean> {
  const fileName = backboneOf({ backbone }).imagenet.file(alpha, image_size);
  return (await findImagenetWeights({ fileName, cacheDir })) !== null;
}
