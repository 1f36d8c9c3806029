import type { Note } from '@thaw/base';
import type { EpochRecord } from '@thaw/experiment';
import type { Provenance, RunStore } from '@thaw/tracking';
import type { TrialEvent, TrialJob, OnTrialEvent, TrialOutcome, TrialPruner } from '../executors/executor.ts';
import { RecordedAttempt, type AttemptEnd } from './recorded-attempt.ts';
import { Refuse } from './refuse.ts';
import type { Claimed, Heard } from './tracker-api.ts';

/** A trial that is to be run. */
interface Offer {
  readonly job: TrialJob;
  readonly observe: OnTrialEvent;
  readonly prune: TrialPruner | undefined;
  readonly settle: (outcome: TrialOutcome) => void;
  /** Whether it was asked to end. */
  isStopping: boolean;
  /** Who has it; null while it waits for a worker. */
  lease: Lease | null;
  /** Claims wait for each other. */
  claiming: Promise<unknown>;
}

interface Lease {
  readonly offer: Offer;
  readonly attempt: RecordedAttempt;
  /** When the worker was last heard of. */
  heard: number;
  ending: Promise<void> | null;
}

export interface TrialDeskOptions {
  readonly store: RunStore;
  readonly sweep: string;
  /** Trials that have ended before: a worker that comes late with one is told so. */
  readonly settled: Iterable<number>;
  /** How long a worker may be silent before its trial is given to another. */
  readonly leaseMs: number;
  /** Told what users should know. */
  readonly note: Note;
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
  /** By the id of their attempt. */
  readonly #leases = new Map<string, Lease>();
  readonly #settled: Set<number>;
  /** Attempts whose end was taken in; their workers may ask again. */
  readonly #ended = new Set<string>();
  #stopping = false;

  constructor(options: TrialDeskOptions) {
    this.#options = { now: () => performance.now(), ...options };
    this.#settled = new Set(options.settled);
  }

  /** Resolves once a worker has brought the trial to an end. */
  offer(job: TrialJob, observe: OnTrialEvent, prune?: TrialPruner): Promise<TrialOutcome> {
    if (this.#stopping) return Promise.resolve({ state: 'interrupted' });
    this.#settled.delete(job.number);
    return new Promise((settle) => {
      const offer = {
        job,
        observe,
        prune,
        settle,
        isStopping: false,
        lease: null,
        claiming: Promise.resolve(),
      };
      this.#offers.set(job.number, offer);
    });
  }

  /** The trials that nobody works on. */
  get open(): TrialJob[] {
    return [...this.#offers.values()].filter(({ lease }) => lease === null).map(({ job }) => job);
  }

  /** Asks for running trials back after their epoch, and takes back those that nobody has. */
  stop(): void {
    this.#stopping = true;
    for (const { job } of this.#offers.values()) this.stopTrial(job.number);
  }

  /** The same for one trial. */
  stopTrial(number: number): void {
    const offer = this.#offers.get(number);
    if (!offer) return;
    offer.isStopping = true;
    if (!offer.lease) this.#close(offer, { state: 'interrupted' });
  }

  /** Takes all trials back now. */
  async kill(): Promise<void> {
    this.stop();
    await Promise.all([...this.#leases.values()].map((lease) => this.#giveUp(lease)));
  }

  /** Takes all trials back for a reason that would stop any other, too. */
  breakOff(error: string): void {
    for (const offer of this.#offers.values()) this.#close(offer, { state: 'interrupted', error });
  }

  /** Gives up on workers that have been silent for too long. To be called now and then. */
  async expire(): Promise<void> {
    const { now, leaseMs, note } = this.#options;
    for (const lease of this.#leases.values()) {
      const { attempt, offer, heard, ending } = lease;
      if (ending || now() - heard <= leaseMs) continue;
      note(
        `trial ${offer.job.number}: nothing was heard from ${attempt.worker} for ${leaseMs / 1000} s; the trial waits for another worker`,
      );
      await this.#giveUp(lease);
    }
  }

  /** Renews the lease of an attempt, where it has one, before all of its call has come. */
  heard(id: string): void {
    const lease = this.#leases.get(id);
    if (lease) lease.heard = this.#options.now();
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
    if (!offer || offer.isStopping) throw new Refuse('unknown', `trial ${number} is not to be run now`);
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
      folds_so_far: soFar,
    }: {
      readonly first: number;
      readonly events: readonly TrialEvent[];
      readonly judge: boolean;
      readonly folds_so_far?: readonly EpochRecord[] | undefined;
    },
  ): Promise<Heard> {
    const { attempt, offer } = this.#renewed(id);
    for (const event of attempt.hear(first, events)) offer.observe(event, attempt.lane);
    const last = events.at(-1);
    const judged = soFar ?? (judge && last?.type === 'epoch' ? [last.record] : []);
    let prune = false;
    for (const record of judged) prune = (await offer.prune?.(record)) ?? false;
    return { stop: offer.isStopping, prune: judge && prune };
  }

  async file(id: string, path: string, bytes: Uint8Array, digest: string): Promise<void> {
    await this.#renewed(id).attempt.keepFile(path, bytes, digest);
  }

  async end(id: string, end: AttemptEnd): Promise<void> {
    if (this.#ended.has(id)) return;
    const lease = this.#renewed(id);
    lease.attempt.check(end);
    lease.ending ??= this.#end(lease, end).catch((error: unknown) => {
      // The worker asks again, and by then it may be possible.
      lease.ending = null;
      throw error;
    });
    await lease.ending;
  }

  /** The trial goes to another worker; `reason` is why this one cannot run it, null when it was asked for. */
  async release(id: string, reason: string | null): Promise<void> {
    const lease = this.#leases.get(id);
    if (!lease || lease.ending) return;
    const { number } = lease.offer.job;
    if (reason !== null)
      this.#options.note(`trial ${number}: ${lease.attempt.worker} cannot run it: ${reason}`);
    await this.#giveUp(lease);
  }

  async #claim(offer: Offer, id: string, worker: string, provenance: Provenance): Promise<Claimed> {
    const { now, store } = this.#options;
    const { sweep, number, parameters, settings, paths, groups = {} } = offer.job;
    if (offer.lease?.attempt.id === id) return { run: this.#renewed(id).attempt.run, groups };
    if (this.#settled.has(number)) throw new Refuse('settled', `trial ${number} has ended`);
    if (offer.lease) throw new Refuse('leased', `${offer.lease.attempt.worker} runs trial ${number}`);
    const sealed = offer.job.test === false;
    const run = await store.createRun({ sweep, number, parameters, settings, paths, sealed, provenance });
    const attempt = new RecordedAttempt(id, worker, this.#freeLane(), run, sealed);
    offer.lease = { offer, attempt, heard: now(), ending: null };
    this.#leases.set(id, offer.lease);
    offer.observe({ type: 'run', run: run.id }, attempt.lane);
    return { run: run.id, groups };
  }

  async #end({ attempt, offer }: Lease, end: AttemptEnd): Promise<void> {
    const problem = await attempt.end(end);
    if (problem !== null)
      this.#options.note(
        `trial ${offer.job.number}: its curve is cut, because its last epochs could not be written: ${problem}`,
      );
    this.#ended.add(attempt.id);
    this.#leases.delete(attempt.id);
    this.#settled.add(offer.job.number);
    this.#close(offer, end.outcome);
  }

  #freeLane(): number {
    const taken = new Set([...this.#leases.values()].map(({ attempt }) => attempt.lane));
    let lane = 0;
    while (taken.has(lane)) lane++;
    return lane;
  }

  #renewed(id: string): Lease {
    const lease = this.#leases.get(id);
    if (!lease)
      throw new Refuse('lost', 'there is no such attempt, or its trial was given to another worker');
    lease.heard = this.#options.now();
    return lease;
  }

  async #giveUp({ attempt, offer }: Lease): Promise<void> {
    this.#leases.delete(attempt.id);
    if (offer.lease?.attempt === attempt) offer.lease = null;
    await attempt.interrupt();
    if (offer.isStopping) this.#close(offer, { state: 'interrupted' });
  }

  #close(offer: Offer, outcome: TrialOutcome): void {
    if (this.#offers.get(offer.job.number) === offer) this.#offers.delete(offer.job.number);
    offer.settle(outcome);
  }
}
