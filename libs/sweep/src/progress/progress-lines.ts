import type { Job, TrialEvent, TrialOutcome } from '../executors/executor.ts';
import type { SweepListener } from '../sweep-listener.ts';
import { createGauge } from './create-gauge.ts';
import type { Gauge } from './gauge.ts';
import { outcomeLine } from './outcome-line.ts';
import { SweepGauge } from './sweep-gauge.ts';

const quietMs = 10_000;
const longEpochSeconds = 5;

export interface ProgressLinesOptions {
  /** Trials that this session runs at most. */
  readonly trials: number;
  /** Milliseconds from any point in time. */
  readonly clock: () => number;
  readonly write: (line: string) => void;
}

/** Progress for files, pipes and pages: a line for every trial that ends, every long epoch, and after ten seconds without one. */
export class ProgressLines implements SweepListener {
  readonly #options: ProgressLinesOptions;
  readonly #sweep: SweepGauge;
  readonly #trials = new Map<number, { gauge: Gauge; spoke: number }>();

  constructor(options: ProgressLinesOptions) {
    this.#options = options;
    this.#sweep = new SweepGauge(options.trials, options.clock());
  }

  event(_worker: number, job: Job, event: TrialEvent): void {
    const now = this.#options.clock();
    let trial = this.#trials.get(job.number);
    if (!trial) {
      trial = { gauge: createGauge(job, now), spoke: now };
      this.#trials.set(job.number, trial);
    }
    trial.gauge.update(event, now);
    const longEpoch = event.type === 'epoch' && event.record.seconds > longEpochSeconds;
    if (!longEpoch && now - trial.spoke < quietMs) return;
    trial.spoke = now;
    this.note(trial.gauge.text(now));
  }

  ended(job: Job, outcome: TrialOutcome): void {
    const now = this.#options.clock();
    const begun = this.#trials.get(job.number)?.gauge.begun ?? now;
    this.#trials.delete(job.number);
    if (outcome.state !== 'interrupted') this.#sweep.trialEnded();
    const sweep = outcome.state === 'interrupted' ? '' : `  [${this.#sweep.text(now)}]`;
    this.note(`${outcomeLine(job, outcome, (now - begun) / 1000)}${sweep}`);
  }

  /** How far a running trial is, without its number; null for one that nothing was heard of. */
  doing(number: number): string | null {
    return this.#trials.get(number)?.gauge.doing(this.#options.clock()) ?? null;
  }

  note(line: string): void {
    this.#options.write(line);
  }

  close(): void {
    this.#trials.clear();
  }
}
