import { encodeHdf5, type Hdf5Content } from '../../weights/hdf5-file.ts';
import type { SavedModel } from '../saved-model.ts';
import { layersWithWeights, withNormalization, withPlainEnds } from './keras-layers.ts';

/**
 * A model as the bytes of Keras's older file for whole models, `model.h5`, as Keras 2 writes it; Keras 3 opens
 * it, too. `notes` become
 * an attribute of the file, as JSON, for programs that know it.
 */
export function encodeKerasHdf5(saved: SavedModel, notes: object): Promise<Buffer> {
  const model = withNormalization(saved);
  const { keras_version, backend, model_config } = model.topology;
  const layers = layersWithWeights(model);
  const origin = [
    ['backend', backend],
    ['keras_version', keras_version],
  ] as const;
  const groups = layers.map(({ name, weights }): [string, Hdf5Content] => [
    name,
    {
      attributes: new Map([['weight_names', weights.map((weight) => weight.name)]]),
      members: membersOf(name, weights),
    },
  ]);
  return encodeHdf5({
    attributes: new Map<string, string>([
      ...origin,
      ['model_config', JSON.stringify(withPlainEnds(model_config))],
      ['thaw', JSON.stringify(notes)],
    ]),
    members: new Map([
      [
        'model_weights',
        {
          attributes: new Map<string, string | string[]>([
            ...origin,
            ['layer_names', layers.map(({ name }) => name)],
          ]),
          members: new Map(groups),
        },
      ],
    ]),
  });
}

/** Keras looks for a weight `Conv1/kernel` of the layer Conv1 at `Conv1/Conv1/kernel`. */
function membersOf(layer: string, weights: SavedModel['weights']): Hdf5Content['members'] {
  if (weights.length === 0) return new Map();
  const sets = weights.map(
    ({ name, tensor }) =>
      [name.slice(layer.length + 1), { shape: tensor.shape, values: tensor.data }] as const,
  );
  return new Map([[layer, { attributes: new Map(), members: new Map(sets) }]]);
}
