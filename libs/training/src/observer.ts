import type { EpochRecord } from '@thaw/experiment';

export type PhaseName = 'data' | 'features' | 'training' | 'evaluation';

/** Hears how a trial goes, at every step; callers throttle. */
export interface TrialObserver {
  phase(name: PhaseName, done: number, total: number): void;
  /** Images trained on in this epoch so far. */
  batch(done: number, total: number, imagesPerSecond: number): void;
  epoch(record: EpochRecord): void;
}
