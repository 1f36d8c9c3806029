import type { AnalysisListener } from '@thaw/analysis';
import { throttledObserver } from '../executors/throttled-observer.ts';
import type { JobMessage } from './job-messages.ts';

/** Counts are told a few times a second; more would only cost time. */
const intervalMs = 200;

/** Tells how far a job is as messages: each phase when it begins, and of what is counted the first, the last and a few a second. */
export function jobListener(send: (message: JobMessage) => void, now: () => number): AnalysisListener {
  let last = Number.NEGATIVE_INFINITY;
  let current = '';
  const progress = (phase: string, done: number | null, total: number | null) => {
    current = phase;
    last = now();
    send({ type: 'progress', progress: { phase, done, total } });
  };
  return {
    begin: (phase) => {
      progress(phase, null, null);
    },
    count: (phase, done, total) => {
      if (phase !== current || done >= total || now() - last >= intervalMs) progress(phase, done, total);
    },
    beginTrial: (number, trials, { training }) => {
      const phase = `training on another split, ${number + 1} of ${trials}`;
      progress(phase, null, null);
      return throttledObserver(
        (event) => {
          if (event.type === 'phase') progress(`${phase}: ${event.name}`, event.done, event.total);
          // Most trainings end before the last epoch that they may have.
          if (event.type === 'epoch') progress(phase, event.record.epoch, training.epochs);
        },
        { now },
      );
    },
    endTrial: () => undefined,
    note: (message, remedy = null) => {
      send({ type: 'notice', notice: { message, remedy } });
    },
  };
}

/** Counts bytes of weights that are on their way. */
export function weightsListener({ count }: Pick<AnalysisListener, 'count'>) {
  const update = (done: number, total: number | null) => {
    count('bytes of weights', done, total ?? done);
  };
  return { update, stop: () => undefined };
}
