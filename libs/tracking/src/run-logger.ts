import { join } from 'node:path';
import type { EpochRecord } from '@thaw/experiment';
import { freeSummary, type Metrics } from './records/free-summary.ts';
import { collectProvenance } from './records/provenance.ts';
import type { RunWriter } from './run-store.ts';
import { openStore } from './store.ts';

export interface StartRun {
  /** A part of the run's id. */
  readonly name: string;
  readonly parameters?: Record<string, unknown>;
  /** `runs` when left out. */
  readonly runsDir?: string;
}

/**
 * Starts a run of a training loop of one's own, which stands among the others in `runs list` and in the dashboard:
 *
 *     const run = await startRun({ name: 'my-loop', parameters: { rate: 0.1 } });
 *     for (let epoch = 1; epoch <= 10; epoch++) run.log({ loss: 1 / epoch, f1: 0.9 }, epoch);
 *     await run.finish({ val_accuracy: 0.9, f1: 0.9 });
 *
 * A process that dies leaves the run interrupted, with all that was logged.
 */
export async function startRun({
  name,
  parameters = {},
  runsDir = join(process.cwd(), 'runs'),
}: StartRun): Promise<RunLogger> {
  const provenance = await collectProvenance({ directory: process.cwd() });
  const run = { name, sweep: null, number: 0, parameters, settings: null, provenance };
  return new RunLogger(await openStore(runsDir).createRun(run));
}

/** Logs one run. It ends with the first call of `finish`, `fail` or `interrupt`; logging after that throws an Error. */
export class RunLogger {
  readonly id: string;
  /** Where the run's files are; further ones may be put there. */
  readonly folder: string;
  readonly #writer: RunWriter;
  #step = 0;

  constructor(writer: RunWriter) {
    this.id = writer.id;
    this.folder = writer.folder;
    this.#writer = writer;
  }

  /**
   * Logs metrics of any names at a step (an epoch, most often); the step after the last one when it is left out. Metrics that
   * are called as Thaw calls its own (loss, accuracy, val_loss, val_accuracy) are shown like them. Throws RangeError for a
   * step that is not a number, or less than an earlier one.
   */
  log(metrics: Metrics, step = this.#step + 1): void {
    if (!(step >= this.#step)) throw new RangeError(`step ${step} after step ${this.#step}`);
    this.#step = step;
    this.#writer.logEpoch({ ...metrics, epoch: step } as unknown as EpochRecord);
  }

  /** Ends the run with what came of it, figures of any names; val_accuracy and test_accuracy together give the gap. */
  finish(summary: Metrics = {}): Promise<void> {
    return this.#writer.finish(freeSummary(summary, this.#step), null);
  }

  /** Ends the run with the reason why nothing came of it. */
  fail(reason: string): Promise<void> {
    return this.#writer.fail(reason);
  }

  interrupt(): Promise<void> {
    return this.#writer.interrupt();
  }
}
