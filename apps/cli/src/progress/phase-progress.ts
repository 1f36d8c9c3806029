import { preparationProgress, type PreparationProgress } from './preparation-progress.ts';

export interface PhaseProgress {
  update(phase: string, done: number, total: number): void;
  close(): void;
}

/** A few long steps say more as a percentage, and tell parts of a step so. */
const countedFrom = 10;

/** Progress of work in several phases, each counted from its own beginning; see `preparationProgress`. */
export function phaseProgress(stream: NodeJS.WriteStream, clock: () => number): PhaseProgress {
  let current: { phase: string; progress: PreparationProgress } | null = null;
  return {
    update(phase, done, total) {
      if (current?.phase !== phase) {
        current?.progress.close();
        const what = total < countedFrom ? `% of ${phase}` : phase;
        current = { phase, progress: preparationProgress(what, stream, clock) };
      }
      if (total < countedFrom) current.progress.update(Math.round((100 * done) / total), 100);
      else current.progress.update(done, total);
    },
    close() {
      current?.progress.close();
      current = null;
    },
  };
}
