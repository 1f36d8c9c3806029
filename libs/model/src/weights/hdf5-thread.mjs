// Reads or writes a whole HDF5 file in a thread of its own, which has no loader for TypeScript: that one would parse the 4 MB of
// h5wasm's code anew in every process, for seconds and with 600 MB of memory.
import { parentPort, workerData } from 'node:worker_threads';
import { Dataset, File, Group, ready } from 'h5wasm/node';

/** @param {Group} group */
function readGroup(group) {
  const attributes = Object.entries(group.attrs).map(([name, { value }]) => [
    name,
    Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value, String) : [],
  ]);
  const members = group.keys().map((name) => [name, readMember(group.get(name))]);
  return { attributes: new Map(attributes), members: new Map(members) };
}

/** @param {unknown} member */
function readMember(member) {
  if (member instanceof Group) return readGroup(member);
  if (!(member instanceof Dataset)) return null;
  const { shape, value } = member;
  // A single number, such as the count of a Normalization.
  if (shape?.length === 0 && (typeof value === 'number' || typeof value === 'bigint')) {
    return { shape, values: new Float32Array([Number(value)]) };
  }
  const isFloat = value instanceof Float32Array || value instanceof Float64Array;
  return { shape, values: isFloat && shape ? new Float32Array(value) : null };
}

/**
 * @param {Group} group
 * @param {{ attributes: Map<string, string | string[]>, members: Map<string, any> }} content
 */
function writeGroup(group, { attributes, members }) {
  for (const [name, value] of attributes) {
    // Without a length, texts lie outside the object's header, which holds 64 KB. Keras makes an empty list one of numbers, too.
    if (value.length === 0) group.create_attribute(name, new Float64Array(0));
    else group.create_attribute(name, value, typeof value === 'string' ? [] : [value.length], 'S');
  }
  for (const [name, member] of members) {
    if ('members' in member) writeGroup(group.create_group(name), member);
    else group.create_dataset({ name, data: member.values, shape: member.shape, dtype: '<f' });
  }
}

const hdf5 = await ready;
// Otherwise the HDF5 library prints its error stack to standard error.
hdf5.activate_throwing_error_handler();
const { path, content } = workerData;
let file = null;
try {
  file = new File(path, content ? 'w' : 'r');
  if (content) writeGroup(file, content);
  const root = content ? null : readGroup(file);
  file.close();
  file = null;
  parentPort.postMessage({ root });
} catch (error) {
  parentPort.postMessage({ error: error instanceof Error ? error.message : String(error) });
} finally {
  file?.close();
}
