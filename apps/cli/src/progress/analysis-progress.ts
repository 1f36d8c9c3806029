import type { Note } from '@thaw/base';
import type { Settings, Summary } from '@thaw/experiment';
import type { TrialObserver } from '@thaw/training';
import type { AnalysisListener } from '@thaw/analysis';
import { throttledObserver, type TrialJob } from '@thaw/sweep';
import { inWords } from '../remedy-text.ts';
import { createProgress } from './create-progress.ts';
import { phaseProgress, type PhaseProgress } from './phase-progress.ts';
import type { Progress } from './progress.ts';

/** Tells on a stream how far long work is: one bar at a time on a terminal, calm lines elsewhere. */
export class AnalysisProgress implements AnalysisListener {
  readonly #stream: NodeJS.WriteStream;
  readonly #clock: () => number;
  readonly #phases: PhaseProgress;
  #training: Progress | null = null;

  constructor(stream: NodeJS.WriteStream, clock: () => number) {
    this.#stream = stream;
    this.#clock = clock;
    this.#phases = phaseProgress(stream, clock);
  }

  /** What is not counted takes moments, so nothing is shown. */
  begin(): void {
    this.#phases.close();
  }

  count(phase: string, done: number, total: number): void {
    this.#phases.update(phase, done, total);
  }

  readonly note: Note = (message, remedy) => {
    this.#phases.close();
    const line = inWords({ message, remedy });
    if (this.#training) this.#training.note(line);
    else this.#stream.write(`${line}\n`);
  };

  beginTrial(number: number, trials: number, settings: Settings): TrialObserver {
    this.#phases.close();
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
    this.#phases.close();
    this.#training?.close();
  }
}

/** Gauges know trials by their jobs. */
function jobOf(number: number, settings: Settings): TrialJob {
  const parameters = { 'split.strategy': 'grouped', 'split.seed': settings.split.seed };
  return {
    sweep: '',
    number,
    parameters,
    settings,
    engine: '',
    device: 'cpu',
    sharedCores: false,
    runsDir: '',
    cacheDir: '',
  };
}
