import type {
  Executor,
  Job,
  TrialEvent,
  TrialJob,
  OnTrialEvent,
  TrialOutcome,
  TrialPruner,
} from './executor.ts';
import { guardMemory } from './memory-guard.ts';
import { usualPatience, type Patience } from './watchdog.ts';
import { WorkerProcess } from './worker-process.ts';

export interface ProcessPoolOptions {
  readonly workers: number;
  /** The program of the child processes; it speaks the messages of `messages.ts`. */
  readonly module?: URL;
  /** How long trials may be silent. */
  readonly patience?: Patience;
  /** Whether the child processes start others, which are to end with them. */
  readonly startsPrograms?: boolean;
  /** Given what the processes write to their standard streams. */
  readonly log?: (text: string) => void;
}

/** How long a process that has nothing to do may take to end. */
const closingMs = 10_000;

interface Waiting<J> {
  readonly job: J;
  readonly observe: OnTrialEvent;
  readonly prune?: TrialPruner;
  readonly settle: (outcome: TrialOutcome) => void;
}

/**
 * Runs trials in child processes of this machine, one trial at a time in each. A process that dies (a native crash), hangs or
 * takes the last of the memory costs only its trial: a fresh one takes its place.
 */
export class ProcessPool<J extends Job = TrialJob> implements Executor<J> {
  readonly workers: number;
  readonly #options: Required<ProcessPoolOptions>;
  readonly #places: (WorkerProcess<J> | null)[];
  readonly #busy: boolean[];
  /** What each place runs. */
  readonly #jobs: (J | null)[] = [];
  readonly #queue: Waiting<J>[] = [];
  #stopping = false;
  readonly #endGuard: () => void;

  constructor(options: ProcessPoolOptions) {
    this.workers = options.workers;
    this.#options = {
      module: new URL('./trial-process.ts', import.meta.url),
      patience: usualPatience,
      startsPrograms: false,
      log: () => undefined,
      ...options,
    };
    this.#places = Array.from({ length: options.workers }, () => null);
    this.#busy = Array.from({ length: options.workers }, () => false);
    this.#endGuard = guardMemory({ consumers: () => this.#working() });
  }

  run(job: J, observe: OnTrialEvent, prune?: TrialPruner): Promise<TrialOutcome> {
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
    for (const worker of this.#working()) worker.stop();
  }

  /** Lets one trial end as interrupted once its running epoch is over. */
  stopTrial(job: J): void {
    this.#places[this.#jobs.indexOf(job)]?.stop();
  }

  kill(): void {
    this.stop();
    for (const worker of this.#working()) worker.kill();
  }

  async close(): Promise<void> {
    await Promise.all(this.#places.map((worker) => worker?.close(closingMs)));
    this.#endGuard();
  }

  #working(): WorkerProcess<J>[] {
    return this.#places.filter(
      (worker, place) => worker !== null && this.#busy[place] === true,
    ) as WorkerProcess<J>[];
  }

  #dispatch(): void {
    const place = this.#busy.indexOf(false);
    if (place === -1) return;
    const next = this.#queue.shift();
    if (next) void this.#runAt(place, next);
  }

  async #runAt(place: number, { job, observe, prune, settle }: Waiting<J>): Promise<void> {
    this.#busy[place] = true;
    this.#jobs[place] = job;
    let worker = this.#places[place];
    if (!worker?.alive) {
      worker = new WorkerProcess<J>(this.#options);
      this.#places[place] = worker;
    }
    const observeHere = (event: TrialEvent) => {
      observe(event, place);
    };
    const outcome = await worker.run(job, observeHere, prune);
    this.#busy[place] = false;
    this.#jobs[place] = null;
    settle(outcome);
    this.#dispatch();
  }
}
