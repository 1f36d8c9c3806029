import { UserError } from '@thaw/base';
import type { Layer } from '@thaw/compute';
import { didYouMean, nearest, type ModelSettings } from '@thaw/experiment';
import { hasWeights } from './shapes.ts';

type WithBlock = ModelSettings & { readonly unfreeze_from: string };

/**
 * The layers of the backbone that have weights and train in a scenario. `batch_norm: frozen` keeps its BatchNormalization layers out, except from scratch, where there are no
 * statistics to keep. Keras's Normalization of the input never trains.
 */
export function trainableLayers(
  settings: WithBlock,
  backbone: readonly Layer[],
  blocks: readonly string[],
): string[] {
  const normalizationTrains = settings.batch_norm !== 'frozen' || settings.scenario === 'from_scratch';
  const trained = backbone
    .slice(firstTrainable(settings, backbone, blocks))
    .filter((layer) => hasWeights(layer) && layer.type !== 'Normalization')
    .filter((layer) => normalizationTrains || layer.type !== 'BatchNormalization');
  return trained.map((layer) => layer.name);
}

/** Where `unfreeze_from` points in the backbone: at a layer, or at the first layer of a block; -1 when at neither. */
export function findLayerOrBlock(
  name: string,
  backbone: readonly Layer[],
  blocks: readonly string[],
): number {
  const exact = backbone.findIndex((layer) => layer.name === name);
  if (exact >= 0 || !blocks.includes(name)) return exact;
  return backbone.findIndex((layer) => layer.name.startsWith(`${name}_`));
}

/** Says that a name is unknown, what is allowed, and the nearest name if one is near. */
export function unknownLayerMessage(
  name: string,
  backbone: readonly Layer[],
  blocks: readonly string[],
): string {
  const layers = backbone.map((layer) => layer.name);
  const hint = didYouMean(nearest(name, [...blocks, ...layers], name.length / 3));
  return (
    `found "${name}"; allowed: a block (${blocks[0]}, ${blocks[1]} to ${blocks.at(-1)}) or one of the backbone's ` +
    `${layers.length} layers (${layers[0]}, ${layers[1]}, ... ${layers.at(-2)}, ${layers.at(-1)})${hint}`
  );
}

function firstTrainable(settings: WithBlock, backbone: readonly Layer[], blocks: readonly string[]): number {
  switch (settings.scenario) {
    case 'feature_extraction':
      return backbone.length;
    case 'from_scratch':
    case 'full_fine_tune':
      return 0;
    case 'partial_unfreeze': {
      const { unfreeze_from: from } = settings;
      const first = findLayerOrBlock(from, backbone, blocks);
      if (first < 0)
        throw new UserError(`model.unfreeze_from: ${unknownLayerMessage(from, backbone, blocks)}`);
      return first;
    }
  }
}
