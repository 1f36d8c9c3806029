import { groupMetrics, type GroupMetric } from '@thaw/metrics';

const names = groupMetrics.map((metric) => `val_${metric}`);

/** The metrics of sweeps for whose choice there is a correction, in words. */
export const correctedMetrics = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** What a sweep chooses by, where its choice can be corrected for; null for another metric. */
export function chosenBy(metric: string): GroupMetric | null {
  return groupMetrics.find((each) => metric === `val_${each}`) ?? null;
}
