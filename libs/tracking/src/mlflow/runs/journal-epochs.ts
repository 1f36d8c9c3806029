import type { EpochRecord } from '@thaw/experiment';
import { latestOfSteps, pointsOf, type Entry, type Point } from './journal.ts';

/** Fields of an epoch that say which one it is. */
const facts = ['epoch', 'fold', 'fold_epoch'];

/**
 * What was logged at each step, one epoch a step, in the order of steps; each has the figures that were logged at it. Of several values at
 * one step the latest counts, as for the run's summary.
 */
export function journalEpochs(entries: readonly Entry[]): EpochRecord[] {
  const keys = new Map<string, Point[]>();
  for (const point of entries.flatMap(pointsOf)) {
    const own = keys.get(point.key);
    if (own) own.push(point);
    else keys.set(point.key, [point]);
  }
  const steps = new Map<number, Record<string, number>>();
  for (const [key, points] of keys) {
    for (const { step, value } of latestOfSteps(points)) {
      const epoch = steps.get(step) ?? { epoch: step };
      epoch[facts.includes(key) ? `metrics.${key}` : key] = value;
      steps.set(step, epoch);
    }
  }
  const epochs = [...steps.values()].sort((a, b) => a['epoch']! - b['epoch']!);
  return epochs as unknown as EpochRecord[];
}
