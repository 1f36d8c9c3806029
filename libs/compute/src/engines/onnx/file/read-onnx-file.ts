import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createHash } from 'node:crypto';
import { UserError } from '@thaw/base';
import { externalData, readExternalData } from './external-data.ts';
import { largestFile, onnxProblem } from './onnx-problem.ts';
import { parseOnnx, type OnnxContents, type OnnxTensor } from './parse-onnx.ts';

/** What an `.onnx` file says of itself. */
export interface OnnxHeader extends Pick<
  OnnxContents,
  'producer' | 'opsets' | 'metadata' | 'inputs' | 'outputs' | 'values'
> {
  /** Of the file's bytes, and of those that it names in other files. */
  readonly sha256: string;
  /** The names of all values that its nodes make. */
  readonly made: readonly string[];
}

export interface OnnxFile {
  readonly header: OnnxHeader;
  readonly contents: OnnxContents;
  /** The values of initializers that lie in other files, by name. */
  readonly external: ReadonlyMap<string, Uint8Array>;
}

/** Headers of files as they were, so that what asks again, for each of a sweep's settings, does not read it all again. */
const known = new Map<string, OnnxHeader>();
const mostKnown = 64;

/**
 * What a file says of itself, when everything about it that could do harm has been looked at; ONNX Runtime has not seen it then.
 * Throws UserError that names the file, what was found and what is allowed.
 */
export function readOnnxHeader(file: string): OnnxHeader {
  const key = statusKey(file);
  const found = known.get(key);
  if (found) return found;
  const { header } = readOnnxFile(file);
  if (known.size >= mostKnown) known.clear();
  // The parts are slices of the file's bytes: kept whole they would keep all of it.
  known.set(key, structuredClone(header));
  return header;
}

/** The same with all that it holds, in memory. */
export function readOnnxFile(file: string): OnnxFile {
  const refuse = (reason: string) => new UserError(`found ${JSON.stringify(file)}, ${reason}`);
  const { size } = statusOf(file);
  const tooLarge = (bytes: number) =>
    bytes > largestFile
      ? refuse(`which is ${bytes} bytes with its external data; allowed: at most ${largestFile} (1 GiB)`)
      : null;
  const large = tooLarge(size);
  if (large) throw large;
  const bytes = readFileSync(file);
  let contents: OnnxContents;
  try {
    contents = parseOnnx(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refuse(`which is no ONNX model: ${error.message}; allowed: a file of an ONNX exporter, whole`);
  }
  const problem = onnxProblem(contents);
  if (problem !== null) throw refuse(problem);
  const outside = [...contents.initializers.values()].filter(({ external }) => external !== null);
  const places = outside.map((tensor) => externalData(file, tensor));
  const wrong = places.find((place) => typeof place === 'string');
  if (wrong !== undefined) throw refuse(wrong);
  const lying = places.filter((place) => typeof place !== 'string');
  const whole = tooLarge(lying.reduce((sum, { length }) => sum + length, size));
  if (whole) throw whole;
  const external = new Map(outside.map(({ name }: OnnxTensor, i) => [name, readExternalData(lying[i]!)]));
  const hash = createHash('sha256').update(bytes);
  for (const values of external.values()) hash.update(values);
  const { producer, opsets, metadata, inputs, outputs, values } = contents;
  return {
    header: {
      sha256: hash.digest('hex'),
      producer,
      opsets,
      metadata,
      inputs,
      outputs,
      values,
      made: contents.nodes.flatMap((node) => node.outputs),
    },
    contents,
    external,
  };
}

/** What changes when the file does. */
function statusKey(file: string): string {
  const { size, mtimeMs, ino } = statusOf(file);
  return JSON.stringify([resolve(file), size, mtimeMs, ino]);
}

function statusOf(file: string) {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status?.isFile()) return status;
  throw new UserError(
    `found ${JSON.stringify(file)}, ${status ? 'which is no file' : 'which does not exist'}; allowed: an ONNX file`,
  );
}
