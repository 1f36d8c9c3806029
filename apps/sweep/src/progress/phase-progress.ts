import { preparationProgress, type PreparationProgress } from './preparation-progress.ts';

export interface PhaseProgress {
  update(phase: string, done: number, total: number): void;
  close(): void;
}

/** Progress of work in several phases, each counted from its own beginning; see `preparationProgress`. */
export function phaseProgress(stream: NodeJS.WriteStream, clock: () => number): PhaseProgress {
  let current: { phase: string; progress: PreparationProgress } | null = null;
  return {
    update(phase, done, total) {
      if (current?.phase !== phase) {
        current?.progress.close();
        current = { phase, progress: preparationProgress(phase, stream, clock) };
      }
      current.progress.update(done, total);
    },
    close() {
      current?.progress.close();
      current = null;
    },
  };
}
