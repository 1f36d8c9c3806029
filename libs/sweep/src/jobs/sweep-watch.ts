import type { TrialRecord } from '@thaw/tracking';
import type { Job, TrialEvent, TrialOutcome } from '../executors/executor.ts';
import { ProgressLines } from '../progress/progress-lines.ts';
import type { SweepListener } from '../sweep-listener.ts';
import type { JobMessage } from './job-messages.ts';
import type { SweepSession } from './sweep-session.ts';

export interface SweepWatchOptions {
  /** Trials of this session; Infinity where the search has no end. */
  readonly trials: number;
  readonly workers: number;
  /** Those of earlier sessions that are not run again. */
  readonly known: readonly Pick<TrialRecord, 'state'>[];
  readonly send: (message: JobMessage) => void;
  /** Milliseconds from any point in time. */
  readonly clock: () => number;
  readonly now: () => Date;
}

interface Watched {
  readonly worker: number;
  readonly since: string;
  run: string | null;
  stopping: boolean;
}

/** So often it is told how far running trials are; what begins and ends is told at once. */
const tickMs = 500;

/** Tells as messages how a session of a sweep goes on: its queue, its workers, and lines as the command line writes them. */
export class SweepWatch implements SweepListener {
  readonly #options: SweepWatchOptions;
  readonly #lines: ProgressLines;
  readonly #running = new Map<number, Watched>();
  readonly #timer: NodeJS.Timeout;
  #workers: number;
  #begun = 0;
  readonly #ended: Record<TrialOutcome['state'], number>;

  constructor(options: SweepWatchOptions) {
    const { trials, clock, known, send, workers } = options;
    this.#options = options;
    this.#workers = workers;
    this.#lines = new ProgressLines({ trials, clock, write: (text) => send({ type: 'log', text }) });
    const count = (wanted: string) => known.filter(({ state }) => state === wanted).length;
    this.#ended = {
      finished: count('finished'),
      pruned: count('pruned'),
      failed: count('failed'),
      interrupted: 0,
    };
    this.#timer = setInterval(() => this.#tell(), tickMs);
    this.#tell();
  }

  event(worker: number, job: Job, event: TrialEvent): void {
    this.#lines.event(worker, job, event);
    const { number } = job;
    const known = this.#running.get(number);
    if (event.type === 'run' && known) known.run = event.run;
    if (known) return;
    const run = event.type === 'run' ? event.run : null;
    this.#running.set(number, { worker, run, since: this.#options.now().toISOString(), stopping: false });
    this.#begun++;
    this.#tell();
  }

  ended(job: Job, outcome: TrialOutcome): void {
    this.#lines.ended(job, outcome);
    // One that ends before anything was heard of it has begun all the same.
    if (!this.#running.delete(job.number)) this.#begun++;
    this.#ended[outcome.state]++;
    this.#tell();
  }

  note(sentence: string): void {
    this.#lines.note(sentence);
  }

  stopping(trial: number): void {
    const watched = this.#running.get(trial);
    if (watched) watched.stopping = true;
    this.#tell();
  }

  resized(workers: number): void {
    this.#workers = workers;
    this.#tell();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#tell();
  }

  #tell(): void {
    const { trials, send } = this.#options;
    const { finished, pruned, failed, interrupted } = this.#ended;
    const session: SweepSession = {
      workers: this.#workers,
      waiting: Number.isFinite(trials) ? Math.max(0, trials - this.#begun) : null,
      running: [...this.#running].map(([trial, watched]) => {
        return { trial, ...watched, doing: this.#lines.doing(trial) ?? '' };
      }),
      ...{ finished: finished + pruned, failed, interrupted },
    };
    send({ type: 'session', session });
  }
}
