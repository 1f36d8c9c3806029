import { isTrialJob, type Job } from '../executors/executor.ts';
import type { Gauge } from './gauge.ts';
import { ProgramGauge } from './program-gauge.ts';
import { TrialGauge } from './trial-gauge.ts';

/** Shows a trial that Thaw trains, or one of a program of the user's own. */
export function createGauge(job: Job, now: number): Gauge {
  return isTrialJob(job) ? new TrialGauge(job, now) : new ProgramGauge(job, now);
}
