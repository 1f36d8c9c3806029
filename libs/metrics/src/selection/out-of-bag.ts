import type { Random } from '@thaw/base';
import type { GroupScore } from './group-scores.ts';

const resamples = 1000;

/** By whom each group is judged when the choice among trials is made without it. */
export interface OutOfBag {
  /** For each trial and group, how often that trial was the best of draws without the group. */
  readonly wins: readonly Float64Array[];
  /** For each group, how many draws were without it. */
  readonly times: Float64Array;
}

/** Draws groups with replacement, again and again, and notes which trial is the best on those drawn (`bestOf`). */
export function chooseOutOfBag(scores: readonly GroupScore[], groupCount: number, random: Random): OutOfBag {
  const wins = scores.map(() => new Float64Array(groupCount));
  const times = new Float64Array(groupCount);
  const drawn = new Float64Array(groupCount);
  for (let b = 0; b < resamples; b++) {
    drawn.fill(0);
    for (let i = 0; i < groupCount; i++) drawn[random.int(groupCount)]!++;
    const winner = wins[bestOf(scores, drawn)]!;
    for (let g = 0; g < groupCount; g++) {
      if (drawn[g] !== 0) continue;
      winner[g]!++;
      times[g]!++;
    }
  }
  return { wins, times };
}

/**
 * What a value of `group` is, which each trial has its own of, when a trial judges that was chosen without the group: the mean over
 * draws. That of the trial `best` for a group that every draw holds.
 */
export function judged(
  { wins, times }: OutOfBag,
  best: number,
  group: number,
  valueOf: (trial: number) => number,
): number {
  if (times[group] === 0) return valueOf(best);
  let sum = 0;
  for (const [trial, won] of wins.entries()) if (won[group] !== 0) sum += won[group]! * valueOf(trial);
  return sum / times[group]!;
}

/** The trial with the best score when each group counts `weights` times; the first of equal ones. */
export function bestOf(scores: readonly GroupScore[], weights: Float64Array): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (const [trial, score] of scores.entries()) {
    const value = score(weights);
    if (value > most) [best, most] = [trial, value];
  }
  return best;
}
