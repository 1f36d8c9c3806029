import type { GroupedMean } from './grouped-mean.ts';
import { studentQuantile } from './student-t.ts';
import type { Interval } from './wilson.ts';

/** 95 % interval by Student's t on the log-odds of a mean inside (0, 1). */
export function logOddsInterval({ mean, deviation, freedom }: GroupedMean): Interval {
  const half = (studentQuantile(0.975, freedom) * deviation) / (mean * (1 - mean));
  const middle = Math.log(mean / (1 - mean));
  return [1 / (1 + Math.exp(half - middle)), 1 / (1 + Math.exp(-middle - half))];
}

/** The same on the logarithm of a mean above 0. */
export function logInterval({ mean, deviation, freedom }: GroupedMean): Interval {
  const factor = Math.exp((studentQuantile(0.975, freedom) * deviation) / mean);
  return [mean / factor, mean * factor];
}
