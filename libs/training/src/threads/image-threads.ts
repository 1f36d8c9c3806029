import { Worker } from 'node:worker_threads';
import type { Augmenting } from '../sources/pixels.ts';
import type { ImageAnswer, ImageRequest, ImageWork, MixedRequest } from './messages.ts';
import type { View } from '../sources/view.ts';

/** Requests that a thread has at a time: one that it computes and one that it decodes. */
const requestsEach = 2;

interface Pending {
  readonly resolve: (values: Float32Array) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
  readonly gone: Promise<void>;
}

/** Threads that turn images into rows side by side, each on a core of its own. */
export class ImageThreads {
  readonly #threads: Thread[];
  #lastId = 0;

  constructor(work: ImageWork, count: number) {
    this.#threads = Array.from({ length: count }, () => start(work));
  }

  /** How many calls of `run` keep all threads busy. */
  get width(): number {
    return this.#threads.length * requestsEach;
  }

  /** The rows of these images, one behind the other, by the thread with the least to do. */
  run(images: readonly View[], augmenting: Augmenting | null): Promise<Float32Array> {
    return this.#ask((id) => ({ id, images, augmenting }));
  }

  /** Writes these images as the network would take them into shared memory, and gives that. */
  load(images: readonly View[], augmenting: Augmenting | null, into: Float32Array): Promise<Float32Array> {
    return this.#ask((id) => ({ id, images, augmenting, into }));
  }

  /** What the threads' network makes of mixed images. */
  mixed(request: Omit<MixedRequest, 'id'>): Promise<Float32Array> {
    return this.#ask((id) => ({ id, ...request }));
  }

  #ask(request: (id: number) => ImageRequest | MixedRequest): Promise<Float32Array> {
    const { worker, pending } = this.#threads.reduce((a, b) => (b.pending.size < a.pending.size ? b : a));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject });
      worker.postMessage(request(id));
    });
  }

  /** Lets the threads end after what they have begun. */
  async dispose(): Promise<void> {
    await Promise.all(
      this.#threads.map(({ worker, gone }) => {
        worker.postMessage(null);
        return gone;
      }),
    );
  }
}

function start(work: ImageWork): Thread {
  // The program's own options are not the threads': image-thread.mjs says what they need.
  const worker = new Worker(new URL('./image-thread.mjs', import.meta.url), {
    workerData: work,
    execArgv: [],
  });
  const pending = new Map<number, Pending>();
  let failure = new Error('a thread that computes images has ended');
  worker.on('error', (error: Error) => {
    failure = error;
  });
  worker.on('message', (answer: ImageAnswer) => {
    const waiting = pending.get(answer.id);
    pending.delete(answer.id);
    if ('error' in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.values);
  });
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      for (const { reject } of pending.values()) reject(failure);
      pending.clear();
      resolve();
    });
  });
  return { worker, pending, gone };
}
