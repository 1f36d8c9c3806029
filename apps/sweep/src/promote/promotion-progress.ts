import { phaseProgress, type PhaseProgress } from '../progress/phase-progress.ts';

/** What a program that has started this one with a channel hears, such as the dashboard. */
export interface PromotionStep {
  readonly phase: string;
  /** How many of how many are done; null where that is not counted. */
  readonly done: number | null;
  readonly total: number | null;
}

const intervalMs = 200;

/** Tells how far a promotion is: what takes long on standard error, every phase to whoever has started this program. */
export class PromotionProgress {
  readonly #shown: PhaseProgress;
  #phase = '';
  #told = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#shown = phaseProgress(stream, () => performance.now());
  }

  /** Something begins that is not counted. */
  begin(phase: string): void {
    this.#tell({ phase, done: null, total: null });
  }

  /** How many of something are done; another `phase` begins a new count. */
  count(phase: string, done: number, total: number): void {
    this.#shown.update(phase, done, total);
    const isNew = phase !== this.#phase;
    if (isNew || performance.now() - this.#told >= intervalMs) this.#tell({ phase, done, total });
  }

  close(): void {
    this.#shown.close();
  }

  #tell(step: PromotionStep): void {
    this.#phase = step.phase;
    this.#told = performance.now();
    // Who has started it may be gone already.
    if (process.connected) process.send?.(step, () => undefined);
  }
}
