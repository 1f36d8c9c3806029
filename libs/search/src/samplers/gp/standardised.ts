import { sum } from '@thaw/base';

/** With mean 0 and deviation 1; all 0 where they are equal. */
export function standardised(scores: readonly number[]): Float64Array {
  const mean = sum(scores) / scores.length;
  const deviation = Math.sqrt(sum(scores.map((score) => (score - mean) ** 2)) / scores.length);
  return Float64Array.from(scores, (score) => (deviation > 0 ? (score - mean) / deviation : 0));
}
