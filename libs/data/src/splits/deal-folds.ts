import { sum, type Random } from '@thaw/base';
import { evenOut } from './even-out.ts';
import type { OfClasses } from './of-classes.ts';

/**
 * Deals groups into `folds` parts so that each holds nearly the same share of every class: the fold of each group. `groups` holds
 * the number of images of each class in each group. No group is torn; of groups within one class, the folds' images of that
 * class differ by the largest group at most.
 *
 * Large groups first, each goes where the shares of the classes then differ least between folds (the sum over classes of their
 * variance), of equal folds to the one with the fewest images, after scikit-learn's StratifiedGroupKFold. There the order is that
 * of sizes alone, so that where these differ all seeds give the same folds; here groups within a factor of 1.4 come at random, and
 * `evenOut` mends what that costs.
 */
export function dealFolds(groups: readonly OfClasses[], folds: number, random: Random): number[] {
  const { shares, foldOf } = dealInTurn(groups, folds, random);
  evenOut(shares, foldOf, folds);
  return foldOf;
}

/** What `dealFolds` begins with, and the share of each class's images in each group. Earlier versions left it at that. */
export function dealInTurn(groups: readonly OfClasses[], folds: number, random: Random) {
  const sizes: number[] = [];
  for (const [label, count] of groups.flat()) sizes[label] = (sizes[label] ?? 0) + count;
  const shares = groups.map((counts): OfClasses => counts.map(([c, count]) => [c, count / sizes[c]!]));
  const rank = shares.map((share) => Math.round(2 * Math.log2(norm(share))));
  const order = random.shuffle([...groups.keys()]).sort((a, b) => rank[b]! - rank[a]!);
  const held = Array.from({ length: folds }, () => ({ shares: new Float64Array(sizes.length), images: 0 }));
  const foldOf = groups.map(() => 0);
  for (const group of order) {
    const share = shares[group]!;
    // The variance of what all folds hold grows with 2 * held * share + share²: the rest is the same for every fold.
    const costs = held.map((fold) => sum(share.map(([c, value]) => value * fold.shares[c]!)));
    const least = Math.min(...costs);
    const candidates = [...held.keys()].filter((fold) => costs[fold]! <= least + 1e-12);
    const chosen = candidates.reduce((a, b) => (held[b]!.images < held[a]!.images ? b : a));
    foldOf[group] = chosen;
    for (const [c, value] of share) held[chosen]!.shares[c]! += value;
    held[chosen]!.images += sum(groups[group]!.map(([, count]) => count));
  }
  return { shares, foldOf };
}

function norm(share: OfClasses): number {
  return Math.sqrt(sum(share.map(([, value]) => value * value)));
}
