import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256, writeFileAtomic } from '@thaw/base';
import type { Provenance, RunWriter, Store } from '@thaw/tracking';
import type {
  TrialEvent,
  TrialJob,
  TrialObserver,
  TrialOutcome,
  TrialPruner,
} from '../executors/executor.ts';
import { uploadPattern, type Claimed, type Heard, type Refusal } from './tracker-api.ts';

/** A call that cannot be done, with what the worker is to make of it. */
export class Refuse extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}

interface Attempt {
  readonly id: string;
  readonly worker: string;
  readonly lane: number;
  readonly run: RunWriter;
  readonly offer: Offer;
  /** When it was last heard of. */
  heard: number;
  /** Events heard. */
  events: number;
  ending: Promise<void> | null;
}

interface Offer {
  readonly job: TrialJob;
  readonly observe: TrialObserver;
  readonly prune: TrialPruner | undefined;
  readonly settle: (outcome: TrialOutcome) => void;
  attempt: Attempt | null;
  /** Claims wait for each other. */
  claiming: Promise<unknown>;
}

export interface TrialDeskOptions {
  readonly store: Store;
  readonly sweep: string;
  /** Trials that have ended before: a worker that comes late with one is told so. */
  readonly settled: Iterable<number>;
  /** How long a worker may be silent before its trial is given to another. */
  readonly leaseMs: number;
  /** Told what users should know. */
  readonly note: (line: string) => void;
  readonly now?: () => number;
}

/**
 * Where trials are given out and taken in again. Each attempt at a trial has a run of its own and a lease that every call renews;
 * the first attempt that ends settles its trial, and whatever another one sends is refused. So a trial counts once, whatever
 * the queue delivers twice, a network repeats or a worker that was given up brings late.
 */
export class TrialDesk {
  readonly #options: Required<TrialDeskOptions>;
  readonly #offers = new Map<number, Offer>();
  readonly #attempts = new Map<string, Attempt>();
  readonly #settled: Set<number>;
  /** Attempts whose end was taken in; their workers may ask again. */
  readonly #ended = new Set<string>();
  #stopping = false;

  constructor(options: TrialDeskOptions) {
    this.#options = { now: () => performance.now(), ...options };
    this.#settled = new Set(options.settled);
  }

  /** Resolves once a worker has brought the trial to an end. */
  offer(job: TrialJob, observe: TrialObserver, prune?: TrialPruner): Promise<TrialOutcome> {
    if (this.#stopping) return Promise.resolve({ state: 'interrupted' });
    this.#settled.delete(job.number);
    return new Promise((settle) => {
      const offer = { job, observe, prune, settle, attempt: null, claiming: Promise.resolve() };
      this.#offers.set(job.number, offer);
    });
  }

  /** The trials that nobody works on. */
  get open(): TrialJob[] {
    return [...this.#offers.values()].filter(({ attempt }) => attempt === null).map(({ job }) => job);
  }

  /** Asks for running trials back after their epoch, and takes back those that nobody has. */
  stop(): void {
    this.#stopping = true;
    for (const offer of this.#offers.values())
      if (!offer.attempt) this.#close(offer, { state: 'interrupted' });
  }

  /** Takes all trials back now. */
  async kill(): Promise<void> {
    this.stop();
    await Promise.all([...this.#attempts.values()].map((attempt) => this.#abandon(attempt)));
    for (const offer of this.#offers.values()) this.#close(offer, { state: 'interrupted' });
  }

  /** Gives up on workers that have been silent for too long. To be called now and then. */
  async expire(): Promise<void> {
    const { now, leaseMs, note } = this.#options;
    for (const attempt of this.#attempts.values()) {
      if (attempt.ending || now() - attempt.heard <= leaseMs) continue;
      note(
        `trial ${attempt.offer.job.number}: nothing was heard of ${attempt.worker} for ${leaseMs / 1000} s; the trial waits for another worker`,
      );
      await this.#abandon(attempt);
      if (this.#stopping) this.#close(attempt.offer, { state: 'interrupted' });
    }
  }

  async claim(
    sweep: string,
    number: number,
    id: string,
    { worker, provenance }: { readonly worker: string; readonly provenance: Provenance },
  ): Promise<Claimed> {
    if (sweep !== this.#options.sweep)
      throw new Refuse('settled', `this tracker keeps the sweep ${this.#options.sweep}`);
    if (this.#settled.has(number)) throw new Refuse('settled', `trial ${number} has ended`);
    const offer = this.#offers.get(number);
    if (!offer || this.#stopping) throw new Refuse('unknown', `trial ${number} is not to be run now`);
    const claimed = offer.claiming.then(() => this.#claim(offer, id, worker, provenance));
    offer.claiming = claimed.catch(() => undefined);
    return claimed;
  }

  async events(
    id: string,
    {
      first,
      events,
      judge,
    }: { readonly first: number; readonly events: readonly TrialEvent[]; readonly judge: boolean },
  ): Promise<Heard> {
    const attempt = this.#heard(id);
    if (first > attempt.events) throw new Refuse('lost', `events ${attempt.events} to ${first} are missing`);
    for (const event of events.slice(attempt.events - first)) {
      attempt.events++;
      if (event.type === 'epoch') attempt.run.logEpoch(event.record);
      attempt.offer.observe(event, attempt.lane);
    }
    const last = events.at(-1);
    const prune = judge && last?.type === 'epoch' && ((await attempt.offer.prune?.(last.record)) ?? false);
    return { stop: this.#stopping, prune };
  }

  async file(id: string, path: string, bytes: Uint8Array, digest: string): Promise<void> {
    const { run } = this.#heard(id);
    if (!uploadPattern.test(path)) throw new Refuse('invalid', `a run has no file ${path}`);
    if (sha256(bytes) !== digest) throw new Refuse('invalid', `${path} did not arrive as it was sent`);
    if (path === 'log.txt') await appendFile(join(run.folder, path), bytes);
    else await writeFileAtomic(join(run.folder, path), bytes);
  }

  async end(
    id: string,
    {
      outcome,
      classes,
      provenance,
    }: {
      readonly outcome: Exclude<TrialOutcome, { state: 'interrupted' }>;
      readonly classes: readonly string[];
      readonly provenance: Record<string, unknown>;
    },
  ): Promise<void> {
    if (this.#ended.has(id)) return;
    const attempt = this.#heard(id);
    attempt.ending ??= this.#end(attempt, outcome, classes, provenance);
    await attempt.ending;
  }

  /** The trial goes to another worker; `reason` is why this one cannot run it, null when it was asked for. */
  async release(id: string, reason: string | null): Promise<void> {
    const attempt = this.#attempts.get(id);
    if (!attempt || attempt.ending) return;
    const { offer, worker } = attempt;
    if (reason !== null) this.#options.note(`trial ${offer.job.number}: ${worker} cannot run it: ${reason}`);
    await this.#abandon(attempt);
    if (this.#stopping) this.#close(offer, { state: 'interrupted' });
  }

  async #claim(offer: Offer, id: string, worker: string, provenance: Provenance): Promise<Claimed> {
    const { now, store } = this.#options;
    const { sweep, number, parameters, settings } = offer.job;
    if (offer.attempt?.id === id) return { run: this.#heard(id).run.id };
    if (this.#settled.has(number)) throw new Refuse('settled', `trial ${number} has ended`);
    if (offer.attempt) throw new Refuse('leased', `${offer.attempt.worker} runs trial ${number}`);
    const run = await store.createRun({ sweep, number, parameters, settings, provenance });
    const taken = new Set([...this.#attempts.values()].map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane++;
    const attempt: Attempt = { id, worker, lane, run, offer, heard: now(), events: 0, ending: null };
    offer.attempt = attempt;
    this.#attempts.set(id, attempt);
    offer.observe({ type: 'run', run: run.id }, lane);
    return { run: run.id };
  }

  async #end(
    { id, run, offer }: Attempt,
    outcome: Exclude<TrialOutcome, { state: 'interrupted' }>,
    classes: readonly string[],
    provenance: Record<string, unknown>,
  ): Promise<void> {
    await run.flush();
    await run.addProvenance(provenance);
    if (outcome.state === 'failed') await run.fail(outcome.error);
    else await run[outcome.state === 'finished' ? 'finish' : 'prune'](outcome.summary, classes);
    this.#ended.add(id);
    this.#attempts.delete(id);
    this.#settled.add(offer.job.number);
    this.#close(offer, outcome);
  }

  #heard(id: string): Attempt {
    const attempt = this.#attempts.get(id);
    if (!attempt)
      throw new Refuse('lost', 'there is no such attempt, or its trial was given to another worker');
    attempt.heard = this.#options.now();
    return attempt;
  }

  async #abandon({ id, run, offer }: Attempt): Promise<void> {
    this.#attempts.delete(id);
    if (offer.attempt?.id === id) offer.attempt = null;
    await run.interrupt();
  }

  #close(offer: Offer, outcome: TrialOutcome): void {
    if (this.#offers.get(offer.job.number) === offer) this.#offers.delete(offer.job.number);
    offer.settle(outcome);
  }
}
