import { Worker } from 'node:worker_threads';
import { UserError, type ErrorKind } from '@thaw/base';
import type { ImageStore } from './image-store.ts';
import type { Argument, Result, TaskName } from './tasks.ts';

type Reply<Name extends TaskName> =
  { result: Result<Name> } | { error: { user: string; kind: ErrorKind } | { defect: Error } };

/** Room for what a thread has just made: little, so that the pixels of images that were described are freed soon; with 4 comparing took a twentieth more. */
const maxYoungGenerationSizeMb = 12;

/** Threads that work on one store. Each does one task at a time. */
export class WorkerPool {
  readonly #workers: Worker[];
  readonly #signal: AbortSignal | undefined;

  constructor(store: ImageStore, threads: number, signal?: AbortSignal) {
    this.#signal = signal;
    const workerData = { count: store.count, grains: store.grains.descriptor, buffer: store.buffer };
    this.#workers = Array.from(
      { length: threads },
      () =>
        new Worker(new URL('./worker-entry.mjs', import.meta.url), {
          workerData,
          execArgv: [],
          resourceLimits: { maxYoungGenerationSizeMb },
        }),
    );
  }

  /**
   * Does a task with every argument, in any order, and returns the results in the order of the arguments. `onDone` gets the
   * index of each as it ends. Rejects with the first failure, or the signal's reason; the pool is of no use after that.
   */
  async run<Name extends TaskName>(
    name: Name,
    args: readonly Argument<Name>[],
    onDone?: (index: number) => void,
  ): Promise<Result<Name>[]> {
    const results = new Array<Result<Name>>(args.length);
    const queue = args.entries();
    const work = async (worker: Worker) => {
      for (const [index, argument] of queue) {
        this.#signal?.throwIfAborted();
        results[index] = await this.#ask(worker, name, argument);
        onDone?.(index);
      }
    };
    await Promise.all(this.#workers.map(work));
    return results;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #ask<Name extends TaskName>(worker: Worker, name: Name, argument: Argument<Name>): Promise<Result<Name>> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        worker.off('message', onMessage);
        worker.off('error', onError);
        this.#signal?.removeEventListener('abort', onAbort);
        act();
      };
      const onMessage = (reply: Reply<Name>) =>
        settle(() => {
          if ('result' in reply) resolve(reply.result);
          else
            reject(
              'user' in reply.error
                ? new UserError(reply.error.user, { kind: reply.error.kind })
                : reply.error.defect,
            );
        });
      const onError = (error: Error) => settle(() => reject(error));
      const onAbort = () => settle(() => reject(this.#signal!.reason as Error));
      worker.on('message', onMessage);
      worker.on('error', onError);
      this.#signal?.addEventListener('abort', onAbort);
      worker.postMessage({ name, argument });
    });
  }
}
