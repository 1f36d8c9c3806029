import { join } from 'node:path';
import { sha256, writeFileAtomic } from '@thaw/base';
import type { Summary } from '@thaw/experiment';
import { predictionsFile, type RunWriter } from '@thaw/tracking';
import type { TrialEvent, TrialOutcome } from '../executors/executor.ts';
import { Refuse } from './refuse.ts';
import { uploadPattern } from './tracker-api.ts';

/** How a worker says that its attempt has ended. */
export interface AttemptEnd {
  readonly outcome: Exclude<TrialOutcome, { state: 'interrupted' }>;
  readonly classes: readonly string[];
  readonly provenance: Record<string, unknown>;
}

const sealedTest = 'the test set of the sweep is sealed: its images are not to be predicted';

function hasTestFigures(summary: Summary): boolean {
  return Object.entries(summary).some(
    ([name, value]) => /^(test_|gap$)/.test(name) && Number.isFinite(value),
  );
}

/** One attempt at a trial by a worker elsewhere, recorded here as a run of its own. */
export class RecordedAttempt {
  readonly id: string;
  /** Names the worker to people. */
  readonly worker: string;
  /** Its place in progress displays, from 0. */
  readonly lane: number;
  readonly #run: RunWriter;
  readonly #sealed: boolean;
  /** How many events were heard. */
  #events = 0;

  /** `sealed`: nothing that is said of test images is taken in, as from a worker that does not know of sealed test sets. */
  constructor(id: string, worker: string, lane: number, run: RunWriter, sealed = false) {
    this.id = id;
    this.worker = worker;
    this.lane = lane;
    this.#run = run;
    this.#sealed = sealed;
  }

  get run(): string {
    return this.#run.id;
  }

  /**
   * Records events, of which the first is the `first`th of all, and returns those that are new. Throws Refuse where some are missing, and
   * with none of them taken where earlier ones could not be written, which are tried again.
   */
  hear(first: number, events: readonly TrialEvent[]): readonly TrialEvent[] {
    if (first > this.#events) throw new Refuse('lost', `events ${this.#events} to ${first} are missing`);
    const fresh = events.slice(this.#events - first);
    for (const event of fresh) if (event.type === 'epoch') this.#run.logEpoch(event.record);
    this.#events += fresh.length;
    return fresh;
  }

  /** Keeps a file of the run. Throws Refuse for one that runs do not have, or whose bytes are others than were sent. */
  async keepFile(path: string, bytes: Uint8Array, digest: string): Promise<void> {
    if (!uploadPattern.test(path)) throw new Refuse('invalid', `a run has no file ${path}`);
    if (this.#sealed && path === predictionsFile('test')) throw new Refuse('invalid', sealedTest);
    if (sha256(bytes) !== digest) throw new Refuse('invalid', `${path} did not arrive as it was sent`);
    await writeFileAtomic(join(this.#run.folder, path), bytes);
  }

  /** Throws Refuse for figures of a sealed test set. */
  check({ outcome }: Pick<AttemptEnd, 'outcome'>): void {
    if (!this.#sealed || !('summary' in outcome)) return;
    if (hasTestFigures(outcome.summary)) throw new Refuse('invalid', sealedTest);
  }

  /**
   * Of an end that `check` lets pass. A curve that cannot be written is no reason to lose what the trial came to: returns why it could not
   * be, null where it is whole.
   */
  async end({ outcome, classes, provenance }: AttemptEnd): Promise<string | null> {
    const run = this.#run;
    const problem = await run.flush().then(
      () => null,
      (error: unknown) => (error as Error).message,
    );
    await run.addProvenance(provenance);
    if (outcome.state === 'failed') await run.fail(outcome.error);
    else if (outcome.state === 'finished') await run.finish(outcome.summary, classes);
    else await run.prune(outcome.summary, classes);
    return problem;
  }

  /** Where that cannot be written, a run without a living process reads as interrupted, too. */
  async interrupt(): Promise<void> {
    await this.#run.interrupt().catch(() => undefined);
  }
}
