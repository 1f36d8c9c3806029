import { isOnnxPath, type ModelSettings, type Settings } from '@thaw/experiment';
import { backboneOf } from '../backbone-of.ts';
import { modelProblems } from '../model-problems.ts';
import { findImagenetWeights } from './fetch-weights.ts';

/** Whether Keras's ImageNet weights for a model are on this machine already; there are none for an ONNX file. */
export async function hasImagenetWeights(
  { backbone, alpha, image_size }: Pick<Settings['model'], 'backbone' | 'alpha' | 'image_size'>,
  cacheDir: string,
): Promise<boolean> {
  const fileName = backboneOf({ backbone }).imagenet?.file(alpha, image_size);
  return fileName !== undefined && (await findImagenetWeights({ fileName, cacheDir })) !== null;
}

/**
 * Keras's ImageNet weights where they are on this machine or no others fit the model, else the bundled ones; what is usual for an ONNX
 * file, which has weights inside and reads none.
 */
export async function usualWeights(model: ModelSettings, cacheDir: string): Promise<'imagenet' | 'bundled'> {
  if (isOnnxPath(model.backbone)) return 'imagenet';
  if (await hasImagenetWeights(model, cacheDir)) return 'imagenet';
  return modelProblems({ ...model, weights: 'bundled' }).length === 0 ? 'bundled' : 'imagenet';
}
