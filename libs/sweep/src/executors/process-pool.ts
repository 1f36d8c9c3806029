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
  readonly #options: Required<ProcessPoolOptions>;
  #workers: number;
  /** The process of each place, of which those from `workers` on are given up once their trial has ended. */
  readonly #places: (WorkerProcess<J> | null)[] = [];
  /** What each place runs; null where it has nothing to do. */
  readonly #jobs: (J | null)[] = [];
  readonly #queue: Waiting<J>[] = [];
  readonly #leaving: Promise<void>[] = [];
  #stopping = false;
  readonly #endGuard: () => void;

  constructor(options: ProcessPoolOptions) {
    this.#workers = options.workers;
    this.#options = {
      module: new URL('./trial-process.ts', import.meta.url),
      patience: usualPatience,
      startsPrograms: false,
      log: () => undefined,
      ...options,
    };
    this.#endGuard = guardMemory({ consumers: () => this.#working() });
  }

  get workers(): number {
    return this.#workers;
  }

  resize(workers: number): void {
    this.#workers = workers;
    for (let place = workers; place < this.#places.length; place++) {
      if (!this.#isBusy(place)) this.#letGo(place);
    }
    this.#dispatch();
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

  stopTrial({ sweep, number }: Pick<Job, 'sweep' | 'number'>): void {
    const isIt = (job: Job | null | undefined) => job?.sweep === sweep && job.number === number;
    const waiting = this.#queue.findIndex(({ job }) => isIt(job));
    if (waiting >= 0) this.#queue.splice(waiting, 1)[0]!.settle({ state: 'interrupted' });
    else this.#places[this.#jobs.findIndex(isIt)]?.stop();
  }

  kill(): void {
    this.stop();
    for (const worker of this.#working()) worker.kill();
  }

  /** What still runs is interrupted: without its end nobody would hear of it. */
  async close(): Promise<void> {
    this.kill();
    this.#places.forEach((_, place) => {
      this.#letGo(place);
    });
    await Promise.all(this.#leaving);
    this.#endGuard();
  }

  #working(): WorkerProcess<J>[] {
    return this.#places.filter(
      (worker, place) => worker !== null && this.#isBusy(place),
    ) as WorkerProcess<J>[];
  }

  #isBusy(place: number): boolean {
    return (this.#jobs[place] ?? null) !== null;
  }

  #dispatch(): void {
    for (let place = 0; place < this.#workers && this.#queue.length > 0; place++) {
      if (!this.#isBusy(place)) void this.#runAt(place, this.#queue.shift()!);
    }
  }

  /** Has a process end that has nothing to do. */
  #letGo(place: number): void {
    const worker = this.#places[place];
    this.#places[place] = null;
    if (worker) this.#leaving.push(worker.close(closingMs));
  }

  async #runAt(place: number, { job, observe, prune, settle }: Waiting<J>): Promise<void> {
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
    this.#jobs[place] = null;
    if (place >= this.#workers) this.#letGo(place);
    settle(outcome);
    this.#dispatch();
  }
}
