import { UserError } from '@thaw/base';
import { JobChild } from './job-child.ts';
import { LogLines } from './log-lines.ts';
import type { Job, JobKind, Jobs } from './job.ts';
import type { SweepOrder } from './sweep-session.ts';

export interface JobRunnerOptions {
  readonly runsDir: string;
  /** The program of the jobs' processes; it speaks the messages of `job-messages.ts`. */
  readonly module?: URL;
  /** How long a job that is cancelled may take to end by itself, in ms. */
  readonly graceMs?: number;
}

/** How many jobs that have ended are remembered. */
const remembered = 200;

/**
 * Long work that somebody asks for and comes back to: each job runs in a process of its own, so that this one goes on answering,
 * survives whoever asked, and ends with this process. A run has one at a time, and so has a sweep or a folder.
 */
export class JobRunner {
  readonly #options: Required<JobRunnerOptions>;
  /** The last job of each kind of each run, sweep or folder, in the order of their beginning. */
  readonly #jobs = new Map<string, JobChild>();
  readonly #kill = () => {
    for (const job of this.#jobs.values()) if (job.status.state === 'running') job.kill();
  };

  constructor(options: JobRunnerOptions) {
    this.#options = {
      module: new URL('./job-process.ts', import.meta.url),
      graceMs: 2000,
      ...options,
    };
    // A job that computes would notice late that this process is gone.
    process.once('exit', this.#kill);
  }

  /** Starts a job about the run or the sweep of this id, or about a folder. Throws UserError (conflict) while that has one. */
  start<K extends JobKind>(kind: K, subject: string, request: Jobs[K]['request']): Job<K> {
    const busy = this.running().find((job) => job.subject === subject);
    if (busy) {
      throw new UserError(
        `${subjects[kind]} ${subject} is at work: ${described[busy.kind]}; try again when that has ended`,
        { kind: 'conflict' },
      );
    }
    // Of one that goes on the log goes on, too.
    const log = this.#jobs.get(keyOf(kind, subject))?.log ?? new LogLines();
    const job = new JobChild({ kind, subject, request, log, ...this.#options });
    this.#jobs.delete(keyOf(kind, subject));
    this.#jobs.set(keyOf(kind, subject), job);
    this.#forget();
    return job as unknown as Job<K>;
  }

  /** The last job of this kind about a run, a sweep or a folder, running or ended; null where there was none. */
  find<K extends JobKind>(kind: K, subject: string): Job<K> | null {
    return (this.#jobs.get(keyOf(kind, subject)) as unknown as Job<K> | undefined) ?? null;
  }

  /** All that run, of one kind where it is given, the first begun first. */
  running<K extends JobKind = JobKind>(kind?: K): Job<K>[] {
    const jobs = [...this.#jobs.values()].filter(({ status }) => status.state === 'running');
    return jobs.filter((job) => kind === undefined || job.kind === kind) as unknown as Job<K>[];
  }

  /** Ends a job, and says what has become of it: it may just have finished. Throws UserError (not found) where none runs. */
  async cancel<K extends JobKind>(kind: K, subject: string): Promise<Awaited<Job<K>['ended']>> {
    const job = this.#jobs.get(keyOf(kind, subject));
    if (job?.status.state !== 'running') {
      throw new UserError(
        `nothing to cancel: ${notUnderWay[kind]} of ${subjects[kind]} ${subject} is under way`,
        { kind: 'not-found' },
      );
    }
    return (await job.cancel()) as Awaited<Job<K>['ended']>;
  }

  /** Steers a sweep that runs here. Throws UserError (conflict) where none does. */
  steer(sweep: string, order: SweepOrder): void {
    const job = this.#jobs.get(keyOf('sweep', sweep));
    if (job?.status.state !== 'running') {
      throw new UserError(`sweep ${sweep} is not run here at the moment`, { kind: 'conflict' });
    }
    job.steer(order);
  }

  /** Ends all jobs at once, and waits until they have. */
  async close(): Promise<void> {
    this.#kill();
    await Promise.all([...this.#jobs.values()].map(({ ended }) => ended));
    process.off('exit', this.#kill);
  }

  #forget(): void {
    const ended = [...this.#jobs].filter(([, { status }]) => status.state !== 'running');
    for (const [key] of ended.slice(0, Math.max(0, ended.length - remembered))) this.#jobs.delete(key);
  }
}

const subjects: Record<JobKind, string> = {
  advise: 'folder',
  gap: 'run',
  map: 'run',
  promote: 'run',
  sweep: 'sweep',
  views: 'folder',
};
const described: Record<JobKind, string> = {
  advise: 'its images are being looked at for advice',
  gap: 'its gap is being measured',
  map: 'its images are being laid out on a map',
  promote: 'it is being promoted',
  sweep: 'its trials run',
  views: 'its images are being drawn as augmentation shows them',
};
const notUnderWay: Record<JobKind, string> = {
  advise: 'no advice',
  gap: 'no measurement of the gap',
  map: 'no map',
  promote: 'no promotion',
  sweep: 'no session',
  views: 'no drawing of images',
};

function keyOf(kind: JobKind, subject: string): string {
  return `${kind} ${subject}`;
}
