import type { Network } from '@thaw/compute';
import type { ModelSettings } from '@thaw/experiment';
import { backbones } from './backbones.ts';
import { buildHead, headLayers } from './head.ts';
import { trainableLayers } from './trainable-layers.ts';

export interface Model {
  /** Images to probabilities: the backbone and the head. */
  readonly network: Network;
  /** Names of the layers whose weights train in this scenario. */
  readonly trainable: ReadonlySet<string>;
  /** Names of the head's layers, the only ones that no weights file brings. */
  readonly headLayers: readonly string[];
}

/** The whole network of a trial. Throws UserError for an `unfreeze_from` that names no layer and no block. */
export function buildModel(settings: ModelSettings, classes: number): Model {
  const backbone = backbones[settings.backbone];
  const { input, layers: published } = backbone.network({
    alpha: settings.alpha,
    imageSize: settings.image_size,
  });
  const layers = published.map((layer) =>
    layer.type === 'BatchNormalization' ? { ...layer, momentum: settings.batch_norm_momentum } : layer,
  );
  const head = buildHead(layers.at(-1)!.name, settings.head_units, classes);
  return {
    network: { input, layers: [...layers, ...head] },
    trainable: trainableLayers(settings, layers, backbone.blocks),
    headLayers,
  };
}
