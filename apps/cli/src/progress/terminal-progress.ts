import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import {
  createGauge,
  type Gauge,
  type Job,
  outcomeLine,
  SweepGauge,
  type TrialEvent,
  type TrialOutcome,
} from '@thaw/sweep';
import type { Progress, ProgressOptions } from './progress.ts';

/** Progress for terminals: a bar for each worker and one for the sweep, and above them a line for every trial that ended. */
export class TerminalProgress implements Progress {
  readonly #options: ProgressOptions;
  readonly #sweep: SweepGauge;
  readonly #bars: MultiBar;
  readonly #workerBars: SingleBar[];
  readonly #sweepBar: SingleBar;
  readonly #trials = new Map<number, { gauge: Gauge; worker: number }>();
  #open = true;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#sweep = new SweepGauge(options.trials, options.clock());
    this.#bars = new MultiBar(
      {
        stream: options.stream,
        format: '{bar} {text}',
        barsize: 16,
        hideCursor: true,
        emptyOnZero: true,
        // Signals end the sweep in good order, which closes the bars.
        gracefulExit: false,
      },
      Presets.shades_grey,
    );
    this.#workerBars = Array.from({ length: options.workers }, (_, worker) =>
      this.#bars.create(1, 0, { text: `worker ${worker + 1}` }),
    );
    this.#sweepBar = this.#bars.create(1, 0, { text: this.#sweep.text(options.clock()) });
  }

  event(worker: number, job: Job, event: TrialEvent): void {
    const now = this.#options.clock();
    const trial = this.#trials.get(job.number) ?? { gauge: createGauge(job, now), worker };
    this.#trials.set(job.number, trial);
    trial.gauge.update(event, now);
    this.#workerBars[worker]?.update(trial.gauge.fraction(), { text: trial.gauge.text(now) });
  }

  ended(job: Job, outcome: TrialOutcome): void {
    const now = this.#options.clock();
    const trial = this.#trials.get(job.number);
    this.#trials.delete(job.number);
    if (outcome.state !== 'interrupted') this.#sweep.trialEnded();
    if (trial) this.#workerBars[trial.worker]?.update(0, { text: `worker ${trial.worker + 1}` });
    this.#sweepBar.update(this.#sweep.fraction(), { text: this.#sweep.text(now) });
    this.note(outcomeLine(job, outcome, (now - (trial?.gauge.begun ?? now)) / 1000));
  }

  note(line: string): void {
    if (this.#open) this.#bars.log(`${line}\n`);
    else this.#options.stream.write(`${line}\n`);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#bars.stop();
  }
}
