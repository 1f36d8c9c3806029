import { didYouMean, nearest, show } from '@thaw/experiment';
import type { Backbone } from './backbone.ts';
import { densenet121 } from './backbones/densenet.ts';
import { efficientnetB0, efficientnetB1, efficientnetB2, efficientnetB3 } from './backbones/efficientnet.ts';
import { mobilenetV2 } from './backbones/mobilenet-v2.ts';
import {
  mobilenetV3Large,
  mobilenetV3LargeMinimalistic,
  mobilenetV3Small,
  mobilenetV3SmallMinimalistic,
} from './backbones/mobilenet-v3.ts';
import { resnet50 } from './backbones/resnet.ts';

/** Every backbone by the name that an experiment file uses for it. */
export const backbones = {
  mobilenet_v2: mobilenetV2,
  mobilenet_v3_small: mobilenetV3Small,
  mobilenet_v3_small_minimalistic: mobilenetV3SmallMinimalistic,
  mobilenet_v3_large: mobilenetV3Large,
  mobilenet_v3_large_minimalistic: mobilenetV3LargeMinimalistic,
  efficientnet_b0: efficientnetB0,
  efficientnet_b1: efficientnetB1,
  efficientnet_b2: efficientnetB2,
  efficientnet_b3: efficientnetB3,
  resnet50,
  densenet121,
} satisfies Record<string, Backbone>;

/** The backbone of a name, or null. */
export function findBackbone(name: string): Backbone | null {
  return Object.hasOwn(backbones, name) ? backbones[name as keyof typeof backbones] : null;
}

export function unknownBackboneMessage(name: string): string {
  const names = Object.keys(backbones);
  return `found ${show(name)}; allowed: ${names.join(', ')}, or an ONNX file (FILE.onnx)${didYouMean(nearest(name, names, name.length / 3))}`;
}
