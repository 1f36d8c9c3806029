import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fromOptionalPackage, sha256 } from '@thaw/base';
import { decodeWeights, modelJsonSchema } from '../formats/tensorflow-js-weights.ts';
import type { SavedWeight } from './match-weights.ts';

/** What the bundled weights are of. */
export const bundledBackbone = 'mobilenet_v2';
export const bundledAlpha = 1;
export const bundledOrigin = 'bundled (the MobileNetV2 of nsfwjs 4.2.1, Infinite Red, MIT licence)';

/**
 * The one pretrained MobileNetV2 that npm alone installs: alpha 1.0, fine-tuned for nsfwjs (Infinite Red, MIT licence),
 * uint8-quantised. The package carries it as JavaScript modules, model.json and one base64 shard, which are loaded
 * without nsfwjs itself, so without TensorFlow.js.
 */
export function readBundledWeights(): { weights: SavedWeight[]; sha256: string } {
  const require = createRequire(import.meta.url);
  const dist = dirname(
    dirname(fromOptionalPackage('nsfwjs', 'weights: bundled', () => require.resolve('nsfwjs'))),
  );
  const load = (name: string): unknown => require(join(dist, 'models', 'mobilenet_v2', `${name}.min.js`));
  const { weightsManifest } = modelJsonSchema.parse(load('model'));
  const bytes = Buffer.from(load('group1-shard1of1') as string, 'base64');
  const entries = weightsManifest.flatMap((group) => group.weights);
  return { weights: decodeWeights(entries, bytes, 'nsfwjs'), sha256: sha256(bytes) };
}
