import type { TrialEvent } from '../executors/executor.ts';

/** How far one trial is, from its events. Times are milliseconds of one clock. */
export interface Gauge {
  readonly begun: number;
  update(event: TrialEvent, now: number): void;
  /** 0 to 1; 0 where nobody knows. */
  fraction(): number;
  /** How far it is, without which trial it is. */
  doing(now: number): string;
  /** Which trial, and how far it is, in one line. */
  text(now: number): string;
}
