import type { Server } from 'node:http';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import type { Executor, TrialJob, OnTrialEvent, TrialOutcome, TrialPruner } from '../executors/executor.ts';
import { portOf, serveTracker } from './tracker-server.ts';
import { TrialDesk, type TrialDeskOptions } from './trial-desk.ts';
import { changeQueue, queueName, redisConnection, redisRefusal, sealTrial } from './trial-queue.ts';

export interface QueueExecutorOptions extends Pick<TrialDeskOptions, 'store' | 'sweep' | 'settled' | 'note'> {
  /** Address of the Redis. */
  readonly queue: string;
  readonly token: string;
  /** Where the tracker listens, and the host by which workers reach it. */
  readonly host: string;
  readonly port: number;
  /** How many trials are given out at once. */
  readonly workers: number;
  readonly leaseMs: number;
  /** What a trial's data set must be. */
  readonly fingerprint: (job: TrialJob) => Promise<string>;
}

/** How long a queue that does not answer is waited for at the end. */
const closingMs = 2000;

/** Hosts to listen on that are no address to call. */
const everywhere = ['0.0.0.0', '::'];

/**
 * Runs trials on other machines. Redis only carries them there: it may lose what it holds or deliver it twice, because every trial
 * that nobody works on is put into the queue again and again, under its one name, and the desk decides what counts.
 */
export class QueueExecutor implements Executor {
  workers: number;
  readonly #options: QueueExecutorOptions;
  readonly #desk: TrialDesk;
  readonly #server: Server;
  readonly #queue: Queue;
  readonly #asks = new Set<number>();
  /** Trials that were put into the queue by this process. */
  readonly #queued = new Set<number>();
  readonly #timer: NodeJS.Timeout;
  #offering = false;

  private constructor(options: QueueExecutorOptions, desk: TrialDesk, server: Server) {
    this.workers = options.workers;
    this.#options = options;
    this.#desk = desk;
    this.#server = server;
    this.#queue = new Queue(queueName, { connection: redisConnection(options.queue) });
    let silent = false;
    this.#queue.on('error', (error) => {
      const refusal = redisRefusal(error);
      const problem = refusal ?? `the queue does not answer (${error.message})`;
      if (!silent) options.note(`${problem}; trying again`, refusal === null ? null : changeQueue);
      silent = true;
    });
    this.#timer = setInterval(
      () => {
        void this.#desk.expire().then(() => this.#offerOpen());
      },
      Math.min(5000, options.leaseMs / 4),
    );
  }

  static async start(options: QueueExecutorOptions): Promise<QueueExecutor> {
    redisConnection(options.queue);
    const desk = new TrialDesk(options);
    const { token, host, port } = options;
    return new QueueExecutor(options, desk, await serveTracker({ desk, token, host, port }));
  }

  /** Where workers find the tracker. */
  get tracker(): string {
    const { host } = this.#options;
    const name = everywhere.includes(host) ? hostname() : host.includes(':') ? `[${host}]` : host;
    return `http://${name}:${portOf(this.#server)}`;
  }

  run(job: TrialJob, observe: OnTrialEvent, prune?: TrialPruner): Promise<TrialOutcome> {
    const outcome = this.#desk.offer(job, observe, prune);
    if (prune) this.#asks.add(job.number);
    void this.#offerOpen();
    return outcome;
  }

  /** Nothing else: whatever was offered waits for workers. */
  resize(workers: number): void {
    this.workers = workers;
  }

  stopTrial({ number }: Pick<TrialJob, 'number'>): void {
    this.#desk.stopTrial(number);
  }

  stop(): void {
    this.#desk.stop();
  }

  kill(): void {
    void this.#desk.kill();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const { sweep } = this.#options;
    const left = [...this.#queued].map((number) => this.#queue.remove(`${sweep}.${number}`));
    await Promise.race([Promise.allSettled(left), sleep(closingMs)]);
    await Promise.race([this.#queue.close(), sleep(closingMs)]);
    // What waits for a Redis that is gone would keep this process.
    this.#queue.disconnect().catch(() => undefined);
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #offerOpen(): Promise<void> {
    if (this.#offering) return;
    this.#offering = true;
    try {
      for (const job of this.#desk.open) await this.#add(job);
    } catch (error) {
      this.#options.note(`a trial could not be put into the queue: ${(error as Error).message}`);
    } finally {
      this.#offering = false;
    }
  }

  async #add(job: TrialJob): Promise<void> {
    const { sweep, number, parameters, settings, engine, device, test, weightsSha256 } = job;
    const { token, fingerprint } = this.#options;
    const trial = {
      job: {
        ...{ sweep, number, parameters, settings, engine, device, test, weightsSha256 },
        fingerprint: await fingerprint(job),
      },
      asks: this.#asks.has(number),
      tracker: this.tracker,
    };
    const jobId = `${sweep}.${number}`;
    // What a former session has left there may name a tracker that is no more.
    if (!this.#queued.has(number)) await this.#queue.remove(jobId);
    this.#queued.add(number);
    // A job of this name that waits or runs already stays the only one.
    await this.#queue.add('trial', sealTrial(trial, token), {
      jobId,
      removeOnComplete: true,
      removeOnFail: true,
    });
  }
}
