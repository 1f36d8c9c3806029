import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UserError, type Notice } from '@thaw/base';
import { deathReason } from '../executors/death-reason.ts';
import { argumentsFor } from '../executors/node-arguments.ts';
import type { JobFailure, JobMessage, JobOrder } from './job-messages.ts';
import type { Job, JobKind, JobStatus } from './job.ts';
import type { LogLines } from './log-lines.ts';
import type { SweepOrder, SweepSession } from './sweep-session.ts';

export interface JobChildOptions extends Pick<Job, 'kind' | 'subject' | 'request' | 'log'> {
  readonly runsDir: string;
  /** A program that speaks the messages of `job-messages.ts`. */
  readonly module: URL;
  /** How long a job that is cancelled may take to end by itself. */
  readonly graceMs: number;
}

const firstPhases: Record<JobKind, string> = {
  advise: 'reading the folder',
  gap: 'reading the run',
  map: 'reading the run',
  promote: 'reading the run',
  sweep: 'reading the experiment',
  views: 'reading the folder',
};

/** How much of a process's last words is kept, in characters. */
const lastWordsLimit = 8192;

/** A job in a process of its own, which ends when this one is gone. */
export class JobChild implements Job {
  readonly kind: JobKind;
  readonly subject: string;
  readonly request: Job['request'];
  readonly notices: Notice[] = [];
  readonly log: LogLines;
  readonly ended: Job['ended'];
  readonly #child: ReturnType<typeof fork>;
  readonly #graceMs: number;
  #status: JobStatus;
  #session: SweepSession | null = null;
  #workers: number | null;
  #isStopping = false;
  #isCancelled = false;
  #settle: (status: Awaited<Job['ended']>) => void = () => undefined;

  constructor({ kind, subject, request, log, runsDir, module, graceMs }: JobChildOptions) {
    this.kind = kind;
    this.subject = subject;
    this.log = log;
    this.request = request;
    this.#workers = 'workers' in request ? request.workers : null;
    this.#graceMs = graceMs;
    this.#status = { state: 'running', progress: { phase: firstPhases[kind], done: null, total: null } };
    this.ended = new Promise((resolve) => (this.#settle = resolve));
    this.#child = fork(fileURLToPath(module), {
      // Not those of this process, whose memory is measured for other work.
      execArgv: argumentsFor(module),
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#listen();
    this.#send({ type: 'start', kind, request, runsDir });
  }

  get status(): JobStatus {
    return this.#status;
  }

  get session(): SweepSession | null {
    return this.#session;
  }

  get workers(): number | null {
    return this.#workers;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Of a sweep alone. */
  steer(order: SweepOrder): void {
    if (order.do === 'stop') this.#isStopping = true;
    if (order.do === 'resize') this.#workers = order.workers;
    this.#send({ type: 'steer', order });
  }

  /** Asks the job to end, and ends its process after a while. Resolves when it has ended; it may have finished before. */
  async cancel(): Promise<Awaited<Job['ended']>> {
    this.#isStopping = true;
    this.#isCancelled = true;
    this.#send({ type: 'cancel' });
    const timer = setTimeout(() => this.kill(), this.#graceMs);
    const status = await this.ended;
    clearTimeout(timer);
    return status;
  }

  /** Ends the process at once. */
  kill(): void {
    this.#isCancelled = true;
    this.#child.kill('SIGKILL');
  }

  #listen(): void {
    let lastWords = '';
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        lastWords = (lastWords + text).slice(-lastWordsLimit);
      });
    }
    this.#child.on('message', (message) => {
      this.#receive(message as JobMessage);
    });
    this.#child.on('error', (error) => {
      if (this.#child.pid === undefined) this.#end({ state: 'failed', error });
    });
    this.#child.once('close', (code, signal) => {
      const error = new Error(`the job ended early: ${deathReason(code, signal, lastWords)}`);
      this.#end(this.#isCancelled ? { state: 'cancelled' } : { state: 'failed', error });
    });
  }

  #receive(message: JobMessage): void {
    switch (message.type) {
      case 'progress':
        if (this.#status.state === 'running') this.#status = { state: 'running', progress: message.progress };
        break;
      case 'notice':
        this.notices.push(message.notice);
        break;
      case 'log':
        this.log.add(message.text);
        break;
      case 'session':
        this.#session = message.session;
        break;
      case 'finished':
        this.#end({ state: 'finished', outcome: message.outcome });
        break;
      case 'cancelled':
        this.#end({ state: 'cancelled' });
        break;
      case 'failed':
        this.#end({ state: 'failed', error: errorOf(message.error) });
    }
  }

  /** The first end counts; the process has nothing more to do then. */
  #end(status: Awaited<Job['ended']>): void {
    if (this.#status.state !== 'running') return;
    this.#status = status;
    if (this.#child.connected) this.#child.disconnect();
    this.#settle(status);
  }

  #send(order: JobOrder): void {
    if (this.#child.connected) this.#child.send(order, () => undefined);
  }
}

function errorOf({ message, user, stack }: JobFailure): UserError | Error {
  if (user) return new UserError(message, user);
  return Object.assign(new Error(message), stack !== null && { stack });
}
