import type { EpochRecord } from '@thaw/experiment';
import { pointsOf, type Entry } from './journal.ts';

/** Fields of an epoch that say which one it is. */
const facts = ['epoch', 'fold', 'fold_epoch'];

/** What was logged at each step, one epoch a step, in the order of steps; each has the figures that were logged at it. Of several values at one step the last one written counts. */
export function journalEpochs(entries: readonly Entry[]): EpochRecord[] {
  const steps = new Map<number, Record<string, number>>();
  for (const { key, value, step } of entries.flatMap(pointsOf)) {
    const epoch = steps.get(step) ?? { epoch: step };
    epoch[facts.includes(key) ? `metrics.${key}` : key] = value;
    steps.set(step, epoch);
  }
  const epochs = [...steps.values()].sort((a, b) => a['epoch']! - b['epoch']!);
  return epochs as unknown as EpochRecord[];
}
