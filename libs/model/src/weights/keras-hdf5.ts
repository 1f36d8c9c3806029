import { UserError } from '@thaw/base';
import { tensor } from '@thaw/compute';
import { findMember, isGroup, readHdf5, type Hdf5Group } from './hdf5-file.ts';
import type { SavedWeight } from './match-weights.ts';

/**
 * All weights in a file that Keras wrote, in the file's order: `save_weights('x.h5')` and the published
 * `..._no_top.h5` (layer groups at the root), `save('x.h5')` (the same under `model_weights`), and Keras 3's
 * `x.weights.h5`. Throws UserError for a file that is not HDF5, is damaged, or holds no Keras weights.
 */
export async function readKerasHdf5(path: string): Promise<SavedWeight[]> {
  let weights: SavedWeight[];
  try {
    const file = await readHdf5(path);
    const modelWeights = findMember(file, 'model_weights');
    const root = modelWeights && isGroup(modelWeights) ? modelWeights : file;
    weights = attributeParts(root, 'layer_names').length > 0 ? namedWeights(root) : variables(file);
  } catch (error) {
    throw new UserError(`${path} cannot be read as a Keras HDF5 file: ${reason(error)}`, { kind: 'damaged' });
  }
  if (weights.length === 0) {
    throw new UserError(
      `${path} is an HDF5 file without Keras weights. Allowed: what Keras writes with model.save_weights or model.save.`,
    );
  }
  return weights;
}

/** Legacy layout: the attribute `layer_names` lists groups, whose attribute `weight_names` lists their data sets. */
function namedWeights(root: Hdf5Group): SavedWeight[] {
  return stringList(root, 'layer_names').flatMap((layer) => {
    const group = findMember(root, layer);
    if (!group || !isGroup(group)) throw new Error(`the group ${layer} is missing`);
    return stringList(group, 'weight_names').map((name) => ({ name, tensor: readTensor(group, name) }));
  });
}

/** Keras 3's `.weights.h5`: data sets `.../<class>_<count>/vars/<index>`. */
function variables(group: Hdf5Group, prefix = ''): SavedWeight[] {
  return [...group.members].flatMap(([key, member]) => {
    const path = `${prefix}${key}`;
    if (member && isGroup(member)) return variables(member, `${path}/`);
    return path.includes('/vars/') ? [{ name: path, tensor: readTensor(group, key) }] : [];
  });
}

/** A list of names; Keras splits one that HDF5's object header cannot hold into `<name>0`, `<name>1`, ... */
function stringList(group: Hdf5Group, name: string): string[] {
  return attributeParts(group, name).flatMap((key) => [...group.attributes.get(key)!]);
}

function attributeParts(group: Hdf5Group, name: string): string[] {
  const part = (key: string) => Number(key.slice(name.length));
  return [...group.attributes.keys()]
    .filter((key) => key.startsWith(name) && !Number.isNaN(part(key)))
    .sort((a, b) => part(a) - part(b));
}

function readTensor(group: Hdf5Group, name: string) {
  const dataset = findMember(group, name);
  if (!dataset || isGroup(dataset)) throw new Error(`the data set ${name} is missing`);
  if (!dataset.values) throw new Error(`the data set ${name} holds no floating-point numbers`);
  return tensor(dataset.shape, dataset.values);
}

/** The innermost cause in the HDF5 library's error stack; of a filter that it lacks it goes on to say where it looked for one. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const filter = /required filter '([^']+)' is not registered/.exec(message)?.[1];
  if (filter) return `its data is compressed by ${filter}; allowed: gzip or none`;
  const innermost = message.trim().split('\n').at(-1)!;
  return innermost.replace(/^\s*minor:\s*/, '').trim();
}
