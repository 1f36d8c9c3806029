import type { Tensor } from '@thaw/compute';
import { argmax } from '@thaw/metrics';
import type { DenseLayer } from '@thaw/model';
import { nearestImages, type NearImage } from '../neighbours/nearest-images.ts';
import type { Neighbours } from '../neighbours/neighbours.ts';
import { gradCam } from './grad-cam.ts';

/** Of an image: the classes' probabilities in the order of the labels, pooled features, and the last feature map. */
export interface Seen {
  readonly probabilities: Float32Array;
  readonly features: Float32Array;
  /** [height, width, channels]; null where the model gives none. */
  readonly featureMap: Tensor | null;
}

/** A prediction and what it rests on. */
export interface Explanation {
  /** In the order of the model's labels. */
  readonly probabilities: Float32Array;
  /** Where the evidence for the most probable class is: rows from the top, in units of its logit. Null where there is no feature map. */
  readonly heatMap: {
    readonly height: number;
    readonly width: number;
    readonly values: Float32Array;
  } | null;
  /** Null where the model brings no training images. */
  readonly nearest: readonly NearImage[] | null;
}

const nearestShown = 5;

/** Explains what a model made of an image, wherever that was computed. */
export function explainSeen(
  { probabilities, features, featureMap }: Seen,
  { head, neighbours }: { readonly head: readonly DenseLayer[]; readonly neighbours: Neighbours | null },
): Explanation {
  return {
    probabilities,
    heatMap: featureMap && heatMapOf(featureMap, gradCam(featureMap, features, head, argmax(probabilities))),
    nearest: neighbours && nearestImages(neighbours, features, nearestShown),
  };
}

function heatMapOf({ shape }: Tensor, values: Float32Array): NonNullable<Explanation['heatMap']> {
  const [height, width] = shape as [number, number];
  return { height, width, values };
}
