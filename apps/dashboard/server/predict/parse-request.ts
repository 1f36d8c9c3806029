import { sizeOf, tensor, type Tensor } from '@thaw/compute';
import * as z from 'zod';
import { inferenceRequestSchema, servingRequestSchema } from '../../api/operations/predictions.ts';
import { limits } from '../../api/predict-limits.ts';
import { Problem } from '../../api/problem.ts';

/** The protocol of a request, which is that of its answer. */
export type Form = 'multipart' | 'tensorflow-serving' | 'open-inference';

/** What is to be predicted: encoded images, or inputs that are prepared already. */
export interface PredictRequest {
  readonly form: Form;
  /** Of the Open Inference protocol, to be given back. */
  readonly id: string | null;
  readonly images: readonly { readonly file: string | null; readonly bytes: Buffer }[];
  /** [images, height, width, 3] */
  readonly inputs: Tensor | null;
}

/**
 * Reads a body in one of three forms: multipart with files in the field `image`; TensorFlow Serving's `{"instances": [...]}`, each
 * `{"b64": ...}` or the numbers of a prepared image; Open Inference v2's `{"inputs": [...]}` with FP32 or BYTES. `shape`
 * is that of one prepared image. Throws Problem.
 */
export async function parseRequest(
  contentType: string,
  body: Buffer,
  shape: readonly number[],
): Promise<PredictRequest> {
  if (/^multipart\/form-data\b/i.test(contentType)) return parseMultipart(contentType, body);
  if (!/^application\/json\b/i.test(contentType)) {
    throw new Problem(
      415,
      `found ${contentType || 'no content type'}; allowed: multipart/form-data with an image, or application/json`,
    );
  }
  const json = parseJson(body);
  if (typeof json === 'object' && json !== null && 'inputs' in json) return parseInputs(json, shape);
  return parseInstances(json, shape);
}

async function parseMultipart(contentType: string, body: Buffer): Promise<PredictRequest> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw new Problem(400, 'the multipart body cannot be read');
    });
  const files = form.getAll('image').filter((entry) => typeof entry !== 'string');
  if (files.length === 0) throw new Problem(400, 'no file in the field "image"');
  checkCount(files.length);
  const images = await Promise.all(
    files.map(async (file) => ({ file: file.name, bytes: Buffer.from(await file.arrayBuffer()) })),
  );
  return { form: 'multipart', id: null, images, inputs: null };
}

function parseInstances(json: unknown, shape: readonly number[]): PredictRequest {
  const { instances } = checkSchema(servingRequestSchema, json);
  checkCount(instances.length);
  const rest = { form: 'tensorflow-serving', id: null } as const;
  const images = instances.filter((each) => 'b64' in each);
  if (images.length === instances.length) {
    return { ...rest, images: images.map(({ b64 }) => decodeBase64(b64)), inputs: null };
  }
  if (images.length > 0) throw new Problem(400, 'instances are all images ({"b64": ...}) or all numbers');
  return { ...rest, images: [], inputs: fillTensor(instances, [instances.length, ...shape], 'instances') };
}

function parseInputs(json: unknown, shape: readonly number[]): PredictRequest {
  const { id = null, inputs } = checkSchema(inferenceRequestSchema, json);
  const input = inputs[0]!;
  const rest = { form: 'open-inference', id } as const;
  if (input.datatype === 'BYTES') {
    checkCount(input.data.length);
    const texts = checkSchema(z.array(z.string()).min(1), input.data);
    return { ...rest, images: texts.map(decodeBase64), inputs: null };
  }
  const expected = [input.shape[0] ?? 0, ...shape];
  if (String(input.shape) !== String(expected) || expected[0] === 0) {
    throw new Problem(
      422,
      `input ${input.name} has shape [${input.shape.join(', ')}]; allowed: [batch, ${shape.join(', ')}]`,
    );
  }
  checkCount(expected[0]!);
  return { ...rest, images: [], inputs: fillTensor(input.data, expected, 'data') };
}

function decodeBase64(text: string) {
  return { file: null, bytes: Buffer.from(text, 'base64') };
}

function checkCount(images: number): void {
  if (images <= limits.images) return;
  throw new Problem(413, `${images} images; at most ${limits.images} are allowed in one request`);
}

/** Numbers, nested in any way, that fill a shape. */
function fillTensor(values: readonly unknown[], shape: readonly number[], where: string): Tensor {
  const size = sizeOf(shape);
  const data = new Float32Array(size);
  let count = 0;
  const take = (value: unknown, depth: number): void => {
    if (Array.isArray(value) && depth < shape.length) for (const each of value) take(each, depth + 1);
    else if (typeof value !== 'number' || !Number.isFinite(Math.fround(value))) {
      throw new Problem(422, `${where}: found ${inWords(value)}; allowed: numbers`);
    } else if (count < size) data[count++] = value;
    else count++;
  };
  for (const value of values) take(value, 1);
  if (count === size) return tensor(shape, data);
  throw new Problem(422, `${where}: ${count} numbers; [${shape.join(', ')}] takes ${size}`);
}

/** Short, however deep it is. */
function inWords(value: unknown): string {
  if (Array.isArray(value)) return 'a list deeper than the shape';
  if (typeof value === 'object' && value !== null) return 'an object';
  return JSON.stringify(value).slice(0, 40);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem(400, 'the body is not JSON');
  }
}

function checkSchema<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Problem(
    400,
    `the body is neither TensorFlow Serving's {"instances": [...]} nor Open Inference's {"inputs": [...]}: ${z.prettifyError(result.error)}`,
  );
}
