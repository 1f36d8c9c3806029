import type { TrialEvent } from '../executors/executor.ts';

/** How far one trial is, from its events. Times are milliseconds of one clock. */
export interface Gauge {
  readonly begun: number;
  update(event: TrialEvent, now: number): void;
  /** 0 to 1; 0 where nobody knows. */
  fraction(): number;
  text(now: number): string;
}
