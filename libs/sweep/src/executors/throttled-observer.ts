import type { TrialObserver } from '@thaw/training';
import type { TrialEvent } from './executor.ts';

/** Bars are drawn ten times a second at most; more messages would only cost time. */
const intervalMs = 100;

/** Turns what a trial tells into messages: every epoch, and of the many steps of a phase the first, the last and a few a second. */
export function throttledObserver(
  send: (event: TrialEvent) => void,
  clock: { now(): number },
): TrialObserver {
  let last = Number.NEGATIVE_INFINITY;
  let phase = '';
  const isDue = (done: number, total: number, now: number) => {
    if (done < total && now - last < intervalMs) return false;
    last = now;
    return true;
  };
  return {
    phase(name, done, total) {
      const begins = name !== phase;
      phase = name;
      if (isDue(done, total, clock.now()) || begins) send({ type: 'phase', name, done, total });
    },
    batch(done, total, imagesPerSecond) {
      if (isDue(done, total, clock.now())) send({ type: 'batch', done, total, imagesPerSecond });
    },
    epoch(record) {
      send({ type: 'epoch', record });
    },
  };
}
