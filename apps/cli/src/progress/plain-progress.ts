import type { Job, TrialEvent, TrialOutcome } from '@thaw/sweep';
import { createGauge } from './create-gauge.ts';
import type { Gauge } from './gauge.ts';
import { outcomeLine } from './outcome-line.ts';
import type { Progress, ProgressOptions } from './progress.ts';
import { SweepGauge } from './sweep-gauge.ts';

const quietMs = 10_000;
const longEpochSeconds = 5;

/** Progress for files and pipes: a line for every trial that ends, every long epoch, and after ten seconds without one. */
export class PlainProgress implements Progress {
  readonly #options: ProgressOptions;
  readonly #sweep: SweepGauge;
  readonly #trials = new Map<number, { gauge: Gauge; spoke: number }>();

  constructor(options: ProgressOptions) {
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

  note(line: string): void {
    this.#options.stream.write(`${line}\n`);
  }

  close(): void {
    this.#trials.clear();
  }
}
