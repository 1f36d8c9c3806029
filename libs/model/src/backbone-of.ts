import { UserError } from '@thaw/base';
import { isOnnxPath, type ModelSettings } from '@thaw/experiment';
import type { Backbone } from './backbone.ts';
import { findBackbone, unknownBackboneMessage } from './backbones.ts';
import { onnxBackbone } from './onnx-backbone/onnx-backbone.ts';

/** The backbone that settings name: one of the registry, or an ONNX file. Throws UserError, with the names that there are. */
export function backboneOf({ backbone, input }: Pick<ModelSettings, 'backbone' | 'input'>): Backbone {
  if (isOnnxPath(backbone)) return onnxBackbone({ backbone, input });
  const found = findBackbone(backbone);
  if (found) return found;
  throw new UserError(`model.backbone: ${unknownBackboneMessage(backbone)}`);
}
