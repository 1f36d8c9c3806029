import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesIn, sha256 } from '@thaw/base';
import type { EpochRecord } from '@thaw/experiment';
import type { Provenance, RunRecord } from '@thaw/tracking';
import type { TrialEvent, TrialOutcome } from '../executors/executor.ts';
import type { Claimed, Heard } from './tracker-api.ts';
import { uploadPattern } from './tracker-api.ts';
import { TrackerRefusal, type CallOptions, type TrackerClient } from './tracker-client.ts';

export interface RemoteAttemptOptions {
  readonly client: TrackerClient;
  readonly sweep: string;
  readonly number: number;
  readonly worker: string;
  readonly provenance: Provenance;
}

/**
 * One attempt at a trial as its worker tells the tracker of it. A tracker that was restarted knows nothing of it: the worker then
 * begins the same attempt again, with all epochs and folds so far. Calls throw TrackerRefusal once another worker has the trial.
 */
export class RemoteAttempt {
  readonly #options: RemoteAttemptOptions;
  readonly #id = randomUUID();
  /** All that a new tracker must hear: each epoch, and what the folds so far had come to after each. */
  readonly #epochs: TrialEvent[] = [];
  readonly #folds: EpochRecord[] = [];
  /** How many of them this tracker has heard. */
  #heard = { epochs: 0, folds: 0 };
  #turn: Promise<unknown> = Promise.resolve();
  /** A report that waits its turn, and will tell of all that has come until then. */
  #waiting: Promise<Heard> | null = null;

  constructor(options: RemoteAttemptOptions) {
    this.#options = options;
  }

  /** Throws TrackerSilent where the tracker has not answered for `patienceMs`, or until `until` was aborted. */
  async claim(patience: Pick<CallOptions, 'patienceMs' | 'until'> = {}): Promise<Claimed> {
    const { client, sweep, number, worker, provenance } = this.#options;
    const claimed = await client.call(
      'PUT',
      `/v1/trials/${sweep}/${number}/attempts/${this.#id}`,
      { worker, provenance },
      patience,
    );
    this.#heard = { epochs: 0, folds: 0 };
    return claimed as Claimed;
  }

  /** Notes an epoch; the next `report` tells of it. */
  epoch(record: EpochRecord): void {
    if (this.#epochs.length < record.epoch) this.#epochs.push({ type: 'epoch', record });
  }

  /**
   * Tells what is new, which renews the lease. `judged`, the last epoch or what the folds so far have come to, is judged. While the tracker does not answer, one report
   * is under way and at most one waits for it.
   */
  report(judged: EpochRecord | null = null): Promise<Heard> {
    if (judged) {
      if (judged.fold !== undefined && this.#folds.length < judged.fold) this.#folds.push(judged);
      return this.#inTurn(() => this.#tell(true));
    }
    if (this.#waiting === null) {
      void this.#turn.then(() => (this.#waiting = null));
      this.#waiting = this.#inTurn(() => this.#tell(false));
    }
    return this.#waiting;
  }

  async #tell(judge: boolean): Promise<Heard> {
    const now = { epochs: this.#epochs.length, folds: this.#folds.length };
    const events = unheard(this.#epochs, this.#heard.epochs, judge);
    const folds = unheard(this.#folds, this.#heard.folds, judge);
    const heard = (await this.#post('events', {
      ...{ first: now.epochs - events.length, events, judge },
      ...(folds.length > 0 && { folds_so_far: folds }),
    })) as Heard;
    this.#heard = now;
    return heard;
  }

  /** Brings the run and its end; `folder` holds the run as it was recorded here, with this record. */
  deliver(
    outcome: Exclude<TrialOutcome, { state: 'interrupted' }>,
    folder: string | null,
    record: Pick<RunRecord, 'classes' | 'provenance'> | null,
  ): Promise<void> {
    return this.#inTurn(async () => {
      await this.#tell(false);
      for (const path of folder === null ? [] : await uploads(folder)) {
        const bytes = await readFile(join(folder!, path));
        const url = `/v1/attempts/${this.#id}/files/${path}`;
        await this.#options.client.call('PUT', url, bytes, { headers: { 'x-sha256': sha256(bytes) } });
      }
      await this.#post('end', {
        outcome,
        classes: record?.classes ?? [],
        provenance: record?.provenance ?? {},
      });
    });
  }

  /** Gives the trial back. Throws TrackerSilent where the tracker has not answered for `patienceMs`. */
  async release(reason: string | null, patienceMs: number): Promise<void> {
    await this.#post('release', { reason }, patienceMs);
  }

  /** One after the other, and from the beginning where the tracker has been restarted meanwhile. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(async () => {
      for (;;) {
        try {
          return await work();
        } catch (error) {
          if (!(error instanceof TrackerRefusal) || error.refusal !== 'lost') throw error;
          await this.claim();
        }
      }
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #post(what: string, body: object, patienceMs?: number): Promise<unknown> {
    return this.#options.client.call('POST', `/v1/attempts/${this.#id}/${what}`, body, { patienceMs });
  }
}

/** What was not heard of; where the last is judged, at least that. */
function unheard<T>(all: readonly T[], heard: number, judge: boolean): T[] {
  return all.slice(judge ? Math.min(heard, all.length - 1) : heard);
}

async function uploads(folder: string): Promise<string[]> {
  return (await filesIn(folder)).filter((name) => uploadPattern.test(name));
}
