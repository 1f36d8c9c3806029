import { basename } from 'node:path';
import { UserError } from '@thaw/base';
import type { Backbone } from '../backbone.ts';
import type { OnnxSettings } from './onnx-settings.ts';
import { readOnnxBackbone } from './read-onnx-backbone.ts';

/** The name of the one layer that stands for the file. */
const layer = 'onnx_graph';

/**
 * An ONNX file as a backbone: one frozen layer. What becomes of the pixels is in the graph that runs it, so `preprocess` leaves them
 * as they are. `network` reads the file, and throws UserError for one that cannot be a backbone as it is set.
 */
export function onnxBackbone(settings: Omit<OnnxSettings, 'image_size'>): Backbone {
  return {
    network({ imageSize }) {
      const read = readOnnxBackbone({ ...settings, image_size: imageSize });
      if ('problems' in read) {
        const lines = read.problems.map(({ path, message }) => `${path.join('.')}: ${message}`);
        throw new UserError(lines.join('\n'));
      }
      return {
        input: { name: 'input_layer', shape: [imageSize, imageSize, 3] },
        layers: [{ type: 'OnnxGraph', name: layer, inputs: ['input_layer'], graph: read.graph }],
      };
    },
    title: basename(settings.backbone),
    imagenet: null,
    blocks: [],
    // Nothing of it trains or normalises by batches.
    unfreezeFrom: layer,
    batchNormMomentum: 0,
    preprocess(pixels, target = new Float32Array(pixels.length)) {
      target.set(pixels);
      return target;
    },
    preprocessing: 'none: the graph does it',
    scaling: { channels: 'RGB', divisor: 1, offset: 0 },
  };
}
