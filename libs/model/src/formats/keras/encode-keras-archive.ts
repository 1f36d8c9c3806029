import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { encodeHdf5, type Hdf5Content } from '../../weights/hdf5-file.ts';
import type { SavedModel } from '../saved-model.ts';
import { layersWithWeights, withNormalization, withPlainEnds } from './keras-layers.ts';
import { snakeCase } from './snake-case.ts';

export interface KerasArchiveOptions {
  /** What metadata.json also says, for programs that know it; Keras leaves it alone. */
  readonly notes: object;
  readonly saved: Date;
}

/**
 * The files of a model as Keras 3 saves it, by name: config.json, metadata.json and model.weights.h5. Keras opens a folder of them, as
 * it does with a model from Hugging Face's hub.
 */
export async function kerasArchiveFiles(
  saved: SavedModel,
  { notes, saved: date }: KerasArchiveOptions,
): Promise<Map<string, Buffer>> {
  const model = withNormalization(saved);
  const metadata = {
    keras_version: model.topology.keras_version,
    date_saved: date.toISOString().slice(0, 19).replace('T', '@'),
    thaw: notes,
  };
  return new Map([
    ['metadata.json', Buffer.from(JSON.stringify(metadata))],
    ['config.json', Buffer.from(JSON.stringify(configOf(model)))],
    ['model.weights.h5', await encodeHdf5(weightsOf(model))],
  ]);
}

/** A model as the bytes of Keras 3's own file, `model.keras`: a zip archive of `kerasArchiveFiles`. */
export async function encodeKerasArchive(model: SavedModel, options: KerasArchiveOptions): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of await kerasArchiveFiles(model, options)) {
    archive.addBuffer(content, name, { compress: false, mtime: options.saved });
  }
  archive.end();
  return buffer(archive.outputStream);
}

/** Keras 3 tells by `module` where a class is from; without it, it takes a description for that of a `.h5` file. */
function configOf({ topology }: SavedModel): object {
  const { config, class_name } = withPlainEnds(topology.model_config);
  return {
    module: 'keras.src.models.functional',
    class_name,
    config: {
      ...config,
      trainable: true,
      layers: config.layers.map((layer) => ({ module: 'keras.layers', registered_name: null, ...layer })),
    },
    registered_name: 'Functional',
    build_config: { input_shape: null },
    compile_config: null,
  };
}

/** `layers/<kind>_<count>/vars/<index>`, where layers of a kind are counted in Keras's order. */
function weightsOf(model: SavedModel): Hdf5Content {
  const counts = new Map<string, number>();
  const layers = layersWithWeights(model).map(({ name, class_name, weights }): [string, Hdf5Content] => {
    const kind = snakeCase(class_name);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const variables = {
      attributes: new Map([['name', name]]),
      members: new Map(
        weights.map(({ tensor }, i) => [String(i), { shape: tensor.shape, values: tensor.data }]),
      ),
    };
    return [count === 0 ? kind : `${kind}_${count}`, group(['vars', variables])];
  });
  return group(['layers', group(...layers)]);
}

function group(...members: readonly [string, Hdf5Content][]): Hdf5Content {
  return { attributes: new Map(), members: new Map(members) };
}
