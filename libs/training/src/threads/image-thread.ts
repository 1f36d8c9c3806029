/**
 * The program of an image thread: decodes, augments and preprocesses images and runs the frozen part of a network on them, on
 * one core. The files of the next request are decoded in libuv's threads while the network runs. Ends when it is sent null.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createEngine, tensor, type Predictor, type Tensor } from '@thaw/compute';
import { PixelReader } from '@thaw/data';
import { Mixing } from '../mixing.ts';
import { loadImages } from '../sources/pixels.ts';
import { imagesATask } from './images-a-task.ts';
import type { ImageAnswer, ImageRequest, ImageWork, MixedRequest } from './messages.ts';

const { pixels, cacheDir, network } = workerData as ImageWork;
const reader = new PixelReader(pixels, pixels.depthRange ?? null, cacheDir ?? null);
const port = parentPort!;
/** Arrays that the network has read and that take the next images: new ones pile up faster than they are collected. */
const free: Float32Array[] = [];
let predictor: Promise<Predictor> | null = null;
let last: Promise<void> = Promise.resolve();

port.on('message', (request: ImageRequest | MixedRequest | null) => {
  last = last.then(request ? answering(request) : end);
});

/** Begins to decode at once; the answers keep the order of the requests. */
function answering(request: ImageRequest | MixedRequest): () => Promise<void> {
  const { id } = request;
  const begun = 'mixing' in request ? mixed(request) : loaded(request);
  const { networked, buffer } = begun;
  begun.input.catch(() => undefined);
  return async () => {
    let answer: ImageAnswer;
    try {
      const input = await begun.input;
      answer = { id, values: networked ? await predict(input) : input.data };
      if (buffer) free.push(buffer);
    } catch (error) {
      answer = { id, error: error instanceof Error ? error.message : String(error) };
    }
    // The engine's own memory stays the engine's, and shared memory cannot be handed over.
    const own = 'values' in answer && !networked && answer.values.buffer;
    port.postMessage(answer, own instanceof ArrayBuffer ? [own] : []);
  };
}

interface Begun {
  readonly input: Promise<Tensor>;
  /** Whether the network runs on it. */
  readonly networked: boolean;
  /** What may take the next images. */
  readonly buffer: Float32Array | null;
}

function mixed({ images, first, batch, mixing }: MixedRequest): Begun {
  const { size } = pixels;
  const buffer = takeBuffer(images);
  const input = tensor([images, size, size, 3], buffer.subarray(0, images * size * size * 3));
  new Mixing(mixing).mixInto(input.data, { first, size, batch });
  return { input: Promise.resolve(input), networked: true, buffer };
}

function loaded({ images, augmenting, into }: ImageRequest): Begun {
  const networked = network !== null && !into;
  const buffer = networked ? takeBuffer(images.length) : null;
  return {
    input: loadImages(images, reader, pixels, augmenting, into ?? buffer ?? undefined),
    networked,
    buffer,
  };
}

function takeBuffer(images: number): Float32Array {
  const length = images * pixels.size * pixels.size * 3;
  const found = free.findIndex((buffer) => buffer.length >= length);
  return found < 0 ? new Float32Array(length) : free.splice(found, 1)[0]!;
}

async function predict(input: Tensor): Promise<Float32Array> {
  const { engine, options, prefix, weights } = network!;
  predictor ??= createEngine(engine, options).predictor(prefix, weights, { imagesAtOnce: imagesATask });
  return (await (await predictor).predict(input)).data;
}

async function end(): Promise<void> {
  await (await predictor)?.dispose();
  await reader.close();
  port.close();
}
