import type { Executor, TrialEvent, TrialJob, TrialObserver, TrialOutcome, TrialPruner } from './executor.ts';
import { WorkerProcess } from './worker-process.ts';

export interface ProcessPoolOptions {
  readonly workers: number;
  /** The program of the child processes; it speaks the messages of `messages.ts`. */
  readonly module?: URL;
  /** How long trials that were asked to stop, and processes that were let go, may take. */
  readonly graceMs?: number;
  /** Given what the processes write to their standard streams. */
  readonly log?: (text: string) => void;
}

interface Waiting {
  readonly job: TrialJob;
  readonly observe: TrialObserver;
  readonly prune?: TrialPruner;
  readonly settle: (outcome: TrialOutcome) => void;
}

/**
 * Runs trials in child processes of this machine, one trial at a time in each. A process that dies (a native crash, no
 * memory left) costs only its trial: a fresh one takes its place.
 */
export class ProcessPool implements Executor {
  readonly workers: number;
  readonly #options: Required<ProcessPoolOptions>;
  readonly #places: (WorkerProcess | null)[];
  readonly #busy: boolean[];
  readonly #queue: Waiting[] = [];
  #stopping = false;
  #killTimer: NodeJS.Timeout | undefined;

  constructor(options: ProcessPoolOptions) {
    this.workers = options.workers;
    this.#options = {
      module: new URL('./trial-process.ts', import.meta.url),
      graceMs: 30_000,
      log: () => undefined,
      ...options,
    };
    this.#places = Array.from({ length: options.workers }, () => null);
    this.#busy = Array.from({ length: options.workers }, () => false);
  }

  run(job: TrialJob, observe: TrialObserver, prune?: TrialPruner): Promise<TrialOutcome> {
    if (this.#stopping) return Promise.resolve({ state: 'interrupted' });
    return new Promise((settle) => {
      this.#queue.push({ job, observe, prune, settle });
      this.#dispatch();
    });
  }

  stop(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    for (const { settle } of this.#queue.splice(0)) settle({ state: 'interrupted' });
    this.#forBusy((worker) => {
      worker.stop();
    });
    this.#killTimer = setTimeout(() => {
      this.kill();
    }, this.#options.graceMs);
    this.#killTimer.unref();
  }

  kill(): void {
    this.stop();
    this.#forBusy((worker) => {
      worker.kill();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#places.map((worker) => worker?.close(this.#options.graceMs)));
    clearTimeout(this.#killTimer);
  }

  #forBusy(act: (worker: WorkerProcess) => void): void {
    this.#places.forEach((worker, place) => {
      if (worker && this.#busy[place]) act(worker);
    });
  }

  #dispatch(): void {
    const place = this.#busy.indexOf(false);
    if (place === -1) return;
    const next = this.#queue.shift();
    if (next) void this.#runAt(place, next);
  }

  async #runAt(place: number, { job, observe, prune, settle }: Waiting): Promise<void> {
    this.#busy[place] = true;
    let worker = this.#places[place];
    if (!worker?.alive) {
      worker = new WorkerProcess(this.#options.module, this.#options.log);
      this.#places[place] = worker;
    }
    const observeHere = (event: TrialEvent) => {
      observe(event, place);
    };
    const outcome = await worker.run(job, observeHere, prune);
    this.#busy[place] = false;
    settle(outcome);
    this.#dispatch();
  }
}
