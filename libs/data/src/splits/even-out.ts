import type { OfClasses } from './of-classes.ts';

/** Beyond so many groups exchanging two of them costs too much, and single groups are small enough to do without. */
const mostToExchange = 400;
/** Of rounding errors an improvement without end could be made. */
const enough = 1e-12;

/**
 * Makes folds more even, in place: as long as the shares of the classes differ less between folds (the sum over classes of their
 * variance) when a group goes to another fold, or when two groups change places, they do. `shares` holds the share of each class's
 * images in each group, `foldOf` the fold of each group. A local search, the first improvement that is met at a time.
 */
export function evenOut(shares: readonly OfClasses[], foldOf: number[], folds: number): void {
  const classes = shares.reduce((most, own) => Math.max(most, (own.at(-1)?.[0] ?? -1) + 1), 0);
  const held = Array.from({ length: folds }, () => new Float64Array(classes));
  for (const [g, fold] of foldOf.entries()) {
    for (const [c, share] of shares[g]!) held[fold]![c]! += share;
  }

  /** Lets `moved` go from one fold to the other if that helps. */
  const move = (moved: OfClasses, from: number, to: number): boolean => {
    const [a, b] = [held[from]!, held[to]!];
    const change = moved.reduce((sum, [c, share]) => sum + 2 * share * (b[c]! - a[c]! + share), 0);
    if (change >= -enough) return false;
    for (const [c, share] of moved) {
      a[c]! -= share;
      b[c]! += share;
    }
    return true;
  };
  const moveOne = (group: number): boolean => {
    const from = foldOf[group]!;
    const to = held.findIndex((_, fold) => fold !== from && move(shares[group]!, from, fold));
    if (to >= 0) foldOf[group] = to;
    return to >= 0;
  };
  const exchange = (one: number, other: number): boolean => {
    const [from, to] = [foldOf[one]!, foldOf[other]!];
    if (from === to) return false;
    if (!move(lessOther(shares[one]!, shares[other]!), from, to)) return false;
    [foldOf[one], foldOf[other]] = [to, from];
    return true;
  };
  for (let better = true; better;) {
    better = false;
    for (const group of foldOf.keys()) {
      better = moveOne(group) || better;
      if (foldOf.length > mostToExchange) continue;
      for (let other = 0; other < group; other++) better = exchange(group, other) || better;
    }
  }
}

/** What one has of each class less what the other has. */
function lessOther(one: OfClasses, other: OfClasses): OfClasses {
  const less: [number, number][] = [];
  let [i, k] = [0, 0];
  while (i < one.length || k < other.length) {
    const c = Math.min(one[i]?.[0] ?? Infinity, other[k]?.[0] ?? Infinity);
    const own = one[i]?.[0] === c ? one[i++]![1] : 0;
    less.push([c, own - (other[k]?.[0] === c ? other[k++]![1] : 0)]);
  }
  return less;
}
