import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { OnnxTensor } from './parse-onnx.ts';

/** Where the values of a tensor lie that are kept in another file. */
export interface ExternalData {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

/** Bytes of a value by ONNX's numbers of element types; others are not read from other files. */
const bytesOf: Readonly<Record<number, number>> = {
  1: 4,
  2: 1,
  3: 1,
  5: 2,
  6: 4,
  7: 8,
  9: 1,
  10: 2,
  11: 8,
  16: 2,
};

/**
 * Where external data lie, or why they are not read, as the end of a sentence that the file's name begins: only regular files in the
 * model's own folder are, links followed, and only as many bytes as the tensor's shape asks for.
 * Source: onnx.ai/onnx/repo-docs/ExternalData.html.
 */
export function externalData(
  file: string,
  { name, dims, elementType, external }: OnnxTensor,
): ExternalData | string {
  const { location = '', offset = '0', length } = external!;
  const named = `whose constant ${name} lies in ${JSON.stringify(location)}`;
  const allowed = "allowed: a file in the model's folder";
  if (location === '' || isAbsolute(location) || /[\\:\0]/.test(location)) return `${named}; ${allowed}`;
  let path: string;
  try {
    const folder = realpathSync(dirname(file));
    path = realpathSync(join(folder, location));
    const inside = relative(folder, path);
    if (inside === '' || isAbsolute(inside) || inside.split(sep)[0] === '..') return `${named}; ${allowed}`;
  } catch {
    return `${named}, which does not exist; ${allowed}`;
  }
  const status = statSync(path);
  if (!status.isFile()) return `${named}, which is no file; ${allowed}`;
  const needed = dims.reduce((size, dim) => size * dim, bytesOf[elementType] ?? NaN);
  const [from, bytes] = [Number(offset), length === undefined ? needed : Number(length)];
  const fits = Number.isSafeInteger(from) && from >= 0 && bytes === needed && from + bytes <= status.size;
  if (!fits)
    return `${named}, at byte ${offset}, ${length ?? needed} bytes for [${dims.join(', ')}]; allowed: as many bytes as it has values, within the file`;
  return { path, offset: from, length: bytes };
}

/** Throws RangeError where the file has become shorter. */
export function readExternalData({ path, offset, length }: ExternalData): Uint8Array {
  const bytes = new Uint8Array(length);
  const handle = openSync(path, 'r');
  try {
    if (!fstatSync(handle).isFile()) throw new RangeError(`${path} is no file`);
    for (let done = 0; done < length;) {
      const read = readSync(handle, bytes, done, length - done, offset + done);
      if (read === 0) throw new RangeError(`${path} is shorter than it was`);
      done += read;
    }
    return bytes;
  } finally {
    closeSync(handle);
  }
}
