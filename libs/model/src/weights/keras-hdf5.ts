import { resolve } from 'node:path';
import { UserError } from '@thaw/base';
import { tensor } from '@thaw/compute';
import { Dataset, File, Group, ready } from 'h5wasm/node';
import type { SavedWeight } from './match-weights.ts';

/**
 * All weights in a file that Keras wrote, in the file's order: `save_weights('x.h5')` and the published
 * `..._no_top.h5` (layer groups at the root), `save('x.h5')` (the same under `model_weights`), and Keras 3's
 * `x.weights.h5`. Throws UserError for a file that is not HDF5, is damaged, or holds no Keras weights.
 */
export async function readKerasHdf5(path: string): Promise<SavedWeight[]> {
  const hdf5 = await ready;
  // Otherwise the HDF5 library prints its error stack to standard error.
  hdf5.activate_throwing_error_handler();
  let file: File | null = null;
  let weights: SavedWeight[];
  try {
    file = new File(resolve(path), 'r');
    const modelWeights = file.get('model_weights');
    const root = modelWeights instanceof Group ? modelWeights : file;
    weights = attributeParts(root, 'layer_names').length > 0 ? namedWeights(root) : variables(file);
  } catch (error) {
    throw new UserError(`${path} cannot be read as a Keras HDF5 file: ${reason(error)}`);
  } finally {
    file?.close();
  }
  if (weights.length === 0) {
    throw new UserError(
      `${path} is an HDF5 file without Keras weights. Allowed: what Keras writes with model.save_weights or model.save.`,
    );
  }
  return weights;
}

/** Legacy layout: the attribute `layer_names` lists groups, whose attribute `weight_names` lists their data sets. */
function namedWeights(root: Group): SavedWeight[] {
  return stringList(root, 'layer_names').flatMap((layer) => {
    const group = root.get(layer);
    if (!(group instanceof Group)) throw new Error(`the group ${layer} is missing`);
    return stringList(group, 'weight_names').map((name) => ({ name, tensor: readTensor(group, name) }));
  });
}

/** Keras 3's `.weights.h5`: data sets `.../<class>_<count>/vars/<index>`. */
function variables(group: Group, prefix = ''): SavedWeight[] {
  return group.keys().flatMap((key) => {
    const path = `${prefix}${key}`;
    const entity = group.get(key);
    if (entity instanceof Group) return variables(entity, `${path}/`);
    return path.includes('/vars/') ? [{ name: path, tensor: readTensor(group, key) }] : [];
  });
}

/** A list of names; Keras splits one that HDF5's object header cannot hold into `<name>0`, `<name>1`, ... */
function stringList(group: Group, name: string): string[] {
  return attributeParts(group, name).flatMap((key) =>
    Array.from(group.attrs[key]!.value as ArrayLike<unknown>, String),
  );
}

function attributeParts(group: Group, name: string): string[] {
  const part = (key: string) => Number(key.slice(name.length));
  return Object.keys(group.attrs)
    .filter((key) => key.startsWith(name) && !Number.isNaN(part(key)))
    .sort((a, b) => part(a) - part(b));
}

function readTensor(group: Group, name: string) {
  const dataset = group.get(name);
  if (!(dataset instanceof Dataset)) throw new Error(`the data set ${name} is missing`);
  const { shape, value } = dataset;
  if (!(value instanceof Float32Array || value instanceof Float64Array) || !shape) {
    throw new Error(`the data set ${name} holds no floating-point numbers`);
  }
  return tensor(shape, new Float32Array(value));
}

/** The innermost cause in the HDF5 library's error stack. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const innermost = message.trim().split('\n').at(-1)!;
  return innermost.replace(/^\s*minor:\s*/, '').trim();
}
