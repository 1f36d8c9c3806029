import type { SweepJobDocument } from '../api/operations/sweep-jobs.ts';

/** As many lines as a page keeps. */
const mostLines = 1000;

/** A line of the log; its number stays its own while older ones go. */
export interface LogLine {
  readonly number: number;
  readonly text: string;
}

export interface SweepJob extends Omit<SweepJobDocument, 'log'> {
  readonly log: { readonly cursor: number; readonly lines: readonly LogLine[] };
}

/** What is known of a job, with the lines that have come since; lines that nobody kept are told as one. */
export function growJob(before: SweepJob | undefined, { log, ...now }: SweepJobDocument): SweepJob {
  const first = log.cursor - log.lines.length;
  const come = log.lines.map((text, i) => ({ number: first + i, text }));
  const missed =
    log.missed > 0 ? [{ number: first - 1, text: `… ${log.missed} lines are no longer kept` }] : [];
  const lines = [...(before?.log.lines ?? []), ...missed, ...come].slice(-mostLines);
  return { ...now, log: { cursor: log.cursor, lines } };
}

/** Whether trials run, here or elsewhere, or are about to. */
export function isAtWork({ state, elsewhere }: Pick<SweepJob, 'state' | 'elsewhere'>): boolean {
  return elsewhere || state === 'running' || state === 'stopping';
}

/** Whether there is more to say of a job than that all is done. */
export function hasNews(job: SweepJob): boolean {
  return job.state !== 'none here' || isAtWork(job) || job.resumable || job.queue.failed > 0;
}

/** What a sweep is at, in words. */
export function jobWords(job: Pick<SweepJob, 'state' | 'elsewhere' | 'resumable' | 'recorded'>): string {
  if (job.elsewhere) return 'Another process runs it, such as the command line.';
  switch (job.state) {
    case 'running':
      return job.recorded ? 'It runs here.' : 'It begins: images, weights and memory are checked.';
    case 'stopping':
      return 'It stops: each trial ends after its epoch.';
    case 'failed':
      return job.resumable ? 'It failed, and can be resumed.' : 'It failed.';
    default:
      return job.resumable
        ? 'It has stopped. What was done is kept, and it can be resumed.'
        : 'It has ended.';
  }
}

/** `3 waiting, 1 running, 8 finished`; counts of nothing are left out. */
export function queueWords({ waiting, running, finished, failed, interrupted }: SweepJob['queue']): string {
  const counts = { waiting, running, finished, failed, interrupted };
  const told = Object.entries(counts).flatMap(([word, count]) => (count ? [`${count} ${word}`] : []));
  return told.length === 0 ? 'No trial has begun.' : `Trials: ${told.join(', ')}.`;
}
