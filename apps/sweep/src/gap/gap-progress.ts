import type { Settings, Summary } from '@thaw/experiment';
import type { TrialObserver } from '@thaw/training';
import type { TrialJob } from '../executors/executor.ts';
import { throttledObserver } from '../executors/throttled-observer.ts';
import { createProgress } from '../progress/create-progress.ts';
import { preparationProgress, type PreparationProgress } from '../progress/preparation-progress.ts';
import type { Progress } from '../progress/progress.ts';

/** Tells on a stream how far the work on a gap is: one bar at a time on a terminal, calm lines elsewhere. */
export class GapProgress {
  readonly #stream: NodeJS.WriteStream;
  readonly #clock: () => number;
  #counting: { readonly what: string; readonly progress: PreparationProgress } | null = null;
  #training: Progress | null = null;

  constructor(stream: NodeJS.WriteStream, clock: () => number) {
    this.#stream = stream;
    this.#clock = clock;
  }

  /** How many of something are done; another `what` begins a new count. */
  count(what: string, done: number, total: number): void {
    if (this.#counting?.what !== what) {
      this.#counting?.progress.close();
      this.#counting = { what, progress: preparationProgress(what, this.#stream, this.#clock) };
    }
    this.#counting.progress.update(done, total);
  }

  note(line: string): void {
    this.#counting?.progress.close();
    this.#counting = null;
    if (this.#training) this.#training.note(line);
    else this.#stream.write(`${line}\n`);
  }

  /** The `number`-th (from 0) of `trials` trainings begins. */
  beginTrial(number: number, trials: number, settings: Settings): TrialObserver {
    this.#counting?.progress.close();
    this.#counting = null;
    this.#training ??= createProgress({
      stream: this.#stream,
      trials: trials - number,
      workers: 1,
      clock: this.#clock,
    });
    const progress = this.#training;
    const job = jobOf(number, settings);
    return throttledObserver((event) => progress.event(0, job, event), { now: this.#clock });
  }

  endTrial(number: number, settings: Settings, summary: Summary): void {
    this.#training?.ended(jobOf(number, settings), { state: 'finished', summary });
  }

  close(): void {
    this.#counting?.progress.close();
    this.#training?.close();
  }
}

/** Gauges know trials by their jobs. */
function jobOf(number: number, settings: Settings): TrialJob {
  const parameters = { 'split.strategy': 'grouped', 'split.seed': settings.split.seed };
  return { sweep: '', number, parameters, settings, engine: '', sharedCores: false, runsDir: '' };
}
