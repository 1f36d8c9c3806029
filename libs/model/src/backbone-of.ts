import { isOnnxPath, type ModelSettings } from '@thaw/experiment';
import type { Backbone } from './backbone.ts';
import { backbones } from './backbones.ts';
import { onnxBackbone } from './onnx-backbone/onnx-backbone.ts';

/** The backbone that settings name: one of the registry, or an ONNX file. */
export function backboneOf({ backbone, input }: Pick<ModelSettings, 'backbone' | 'input'>): Backbone {
  return isOnnxPath(backbone) ? onnxBackbone({ backbone, input }) : backbones[backbone];
}
