import type { Network } from '@thaw/compute';
import type { ModelSettings } from '@thaw/experiment';
import { backboneOf } from './backbone-of.ts';
import { withBackboneDefaults } from './backbone-defaults.ts';
import { blockDepths } from './block-depths.ts';
import { withoutHeadHelpers } from './fold-head.ts';
import { buildHead } from './head.ts';
import { hasWeights } from './shapes.ts';
import { trainableLayers } from './trainable-layers.ts';

export interface Model {
  /** Images to probabilities: the backbone and the head. */
  readonly network: Network;
  /** Names of the layers whose weights train in this scenario. */
  readonly trainable: ReadonlySet<string>;
  /** Names of the head's layers that have weights, the only ones that no weights file brings. */
  readonly headLayers: readonly string[];
  /** How deep the backbone's layers lie below the head, in blocks (`blockDepths`). */
  readonly depths: ReadonlyMap<string, number>;
  /** L2 penalties by weight, `<layer>/<weight>`: of the head's kernels where there is `head_l2`. */
  readonly penalties: ReadonlyMap<string, number>;
  /** The network as it is exported: in inference, the head's dropout and batch normalisation folded away (`foldHeadWeights`). */
  readonly exported: Network;
}

/** The whole network of a trial. Throws UserError for a backbone that there is not, and for an `unfreeze_from` that names no layer and no block. */
export function buildModel(given: ModelSettings, classes: number): Model {
  const settings = withBackboneDefaults(given);
  const backbone = backboneOf(settings);
  const { input, layers: published } = backbone.network({
    alpha: settings.alpha,
    imageSize: settings.image_size,
  });
  const { batch_norm_momentum: momentum } = settings;
  const layers = published.map((layer) =>
    layer.type === 'BatchNormalization' ? { ...layer, momentum } : layer,
  );
  const head = buildHead(layers.at(-1)!.name, settings, classes);
  const headLayers = head.filter(hasWeights).map(({ name }) => name);
  const { head_l2 = 0 } = settings;
  const penalized = head.filter(({ type }) => type === 'Dense' && head_l2 > 0);
  const network = { input, layers: [...layers, ...head] };
  return {
    network,
    trainable: new Set([...trainableLayers(settings, layers, backbone.blocks), ...headLayers]),
    headLayers,
    depths: blockDepths(layers, backbone.blocks),
    penalties: new Map(penalized.map(({ name }) => [`${name}/kernel`, head_l2])),
    exported: withoutHeadHelpers(network),
  };
}
