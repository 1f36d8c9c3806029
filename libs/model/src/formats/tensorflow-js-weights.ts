import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import { UserError } from '@thaw/base';
import { sizeOf, tensor, type Network, type Tensor } from '@thaw/compute';
import * as z from 'zod';
import { matchWeights, type SavedWeight } from '../weights/match-weights.ts';

const quantization = z.discriminatedUnion('dtype', [
  z.object({ dtype: z.enum(['uint8', 'uint16']), scale: z.number(), min: z.number() }),
  z.object({ dtype: z.literal('float16') }),
]);

const weightEntry = z.object({
  name: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  dtype: z.literal('float32'),
  quantization: quantization.optional(),
});

type WeightEntry = z.output<typeof weightEntry>;

/** The part of a TensorFlow.js model.json that says where its weights are. */
export const modelJsonSchema = z.object({
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(weightEntry) })),
});

/**
 * Every weight of a TensorFlow.js model.json and its shards, quantised ones as float32, and the sha256 of all these files
 * one after the other. Throws UserError for files that are missing, damaged, of the wrong size, or outside the folder of
 * model.json.
 */
export async function readTensorflowJsFile(
  file: string,
): Promise<{ weights: SavedWeight[]; sha256: string }> {
  const text = await readFile(file).catch((error: unknown) => {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`, {
      kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'not-found' : 'damaged',
    });
  });
  const hash = createHash('sha256').update(text);
  const weights: SavedWeight[] = [];
  for (const { paths, weights: entries } of parseModelJson(file, text.toString('utf8')).weightsManifest) {
    const shards = await Promise.all(paths.map((path) => readShard(file, path)));
    for (const shard of shards) hash.update(shard);
    weights.push(...decodeWeights(entries, Buffer.concat(shards), file));
  }
  return { weights, sha256: hash.digest('hex') };
}

/**
 * The weights of a network from a TensorFlow.js model.json, such as `saveTensorflowJsModel` writes. Throws UserError also
 * when one is missing or has another shape.
 */
export async function loadTensorflowJsWeights(file: string, network: Network): Promise<Map<string, Tensor>> {
  const saved = (await readTensorflowJsFile(file)).weights;
  const { weights, problems } = matchWeights(saved, network, new Set(network.layers.map(({ name }) => name)));
  if (problems.length > 0) throw new UserError(`${file} does not fit the network: ${problems.join('; ')}.`);
  return weights;
}

/** Cuts one group's bytes into weights. Throws UserError, naming the file, when the bytes are too few or too many. */
export function decodeWeights(
  entries: readonly WeightEntry[],
  bytes: Uint8Array,
  file: string,
): SavedWeight[] {
  const lengths = entries.map((entry) => sizeOf(entry.shape) * bytesPerValue(entry));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (bytes.length !== total) {
    throw new UserError(`The weights of ${file} are ${bytes.length} bytes; its manifest asks for ${total}.`, {
      kind: 'damaged',
    });
  }
  let offset = 0;
  return entries.map((entry, index) => {
    const end = offset + lengths[index]!;
    const data = dequantize(entry, new Uint8Array(bytes.subarray(offset, end)));
    offset = end;
    return { name: entry.name, tensor: tensor(entry.shape, data) };
  });
}

function parseModelJson(file: string, text: string): z.output<typeof modelJsonSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file} is not JSON: ${(error as Error).message}`, { kind: 'damaged' });
  }
  const result = modelJsonSchema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue!.path.join('.') || 'the document';
  throw new UserError(`${file} is not a TensorFlow.js model.json: ${place}: ${issue!.message}`, {
    kind: 'damaged',
  });
}

async function readShard(file: string, path: string): Promise<Buffer> {
  const inside = normalize(path);
  if (isAbsolute(path) || /[:\\]/.test(path) || inside.split(sep)[0] === '..') {
    throw new UserError(
      `${file} names the shard "${path}", which is outside its folder; that is not allowed.`,
    );
  }
  return readFile(join(dirname(file), inside)).catch((error: unknown) => {
    throw new UserError(`${file}: its shard ${path} cannot be read: ${(error as Error).message}`, {
      kind: 'damaged',
    });
  });
}

function bytesPerValue({ quantization }: WeightEntry): number {
  if (!quantization) return 4;
  return quantization.dtype === 'uint8' ? 1 : 2;
}

/** As TensorFlow.js does it: value * scale + min. `bytes` starts its own buffer, so that it is aligned. */
function dequantize({ quantization }: WeightEntry, { buffer }: Uint8Array<ArrayBuffer>): Float32Array {
  if (!quantization) return new Float32Array(buffer);
  if (quantization.dtype === 'float16') return mapToFloat32(new Uint16Array(buffer), halfToNumber);
  const { scale, min } = quantization;
  const values = quantization.dtype === 'uint8' ? new Uint8Array(buffer) : new Uint16Array(buffer);
  return mapToFloat32(values, (value) => value * scale + min);
}

/** Float32Array.from takes a second for a MobileNetV2. */
function mapToFloat32(values: Uint8Array | Uint16Array, map: (value: number) => number): Float32Array {
  const mapped = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) mapped[i] = map(values[i]!);
  return mapped;
}

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
