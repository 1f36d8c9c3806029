import { argmax } from '@thaw/metrics';
import sharp from 'sharp';
import type { OpenModel } from '../model/open-model.ts';
import { nearestImages, type NearImage } from '../neighbours/nearest-images.ts';
import { gradCam } from './grad-cam.ts';

export interface Explanation {
  /** In the order of the model's labels. */
  readonly probabilities: Float32Array;
  /** The image as the network sees it, before normalisation; a PNG. */
  readonly seen: Buffer;
  /** Where the evidence for the most probable class is: rows from the top, in units of its logit. */
  readonly heatMap: { readonly height: number; readonly width: number; readonly values: Float32Array };
  /** Null where the model brings no training images. */
  readonly nearest: readonly NearImage[] | null;
}

const nearestShown = 5;

/** A prediction and what it rests on. `pixels`: as `Classifier.pixels` gives them. */
export async function explainImage(
  { classifier, head, neighbours }: OpenModel,
  pixels: Uint8Array,
): Promise<Explanation> {
  const { height, width } = classifier.preprocessing.input;
  const [seen] = await classifier.see(classifier.batch([pixels]));
  const { probabilities, features, featureMap } = seen!;
  const [rows, columns] = featureMap.shape as [number, number];
  return {
    probabilities,
    seen: await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer(),
    heatMap: {
      height: rows,
      width: columns,
      values: gradCam(featureMap, features, head, argmax(probabilities)),
    },
    nearest: neighbours && nearestImages(neighbours, features, nearestShown),
  };
}
