import type { Problem } from '../messages/problem.ts';
import type { Settings } from '../settings.ts';

/** What settings of folds mean together with the rest of the split. */
export function foldsProblems({ split }: Settings): Problem[] {
  const { folds, repeats, strategy } = split;
  if (folds === undefined) {
    if (repeats === undefined) return [];
    const message = `found ${repeats}, but no split.folds to deal anew; allowed: with split.folds: 2 or more`;
    return [{ path: ['split', 'repeats'], message }];
  }
  if (strategy === 'grouped' || strategy === 'random') return [];
  const beside = strategy === undefined ? 'no split.strategy' : `split.strategy: ${strategy}`;
  const message = `found ${folds} beside ${beside}; allowed: with split.strategy: grouped (with split.groups) or random`;
  return [{ path: ['split', 'folds'], message }];
}
