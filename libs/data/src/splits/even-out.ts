/** Beyond so many groups exchanging two of them costs too much, and single groups are small enough to do without. */
const mostToExchange = 400;
/** Of rounding errors an improvement without end could be made. */
const enough = 1e-12;

/**
 * Makes folds more even, in place: as long as the shares of the classes differ less between folds (the sum over classes of their
 * variance) when a group goes to another fold, or when two groups change places, they do. `shares` holds the share of each class's
 * images in each group, `foldOf` the fold of each group. A local search, the first improvement that is met at a time.
 */
export function evenOut(shares: readonly (readonly number[])[], foldOf: number[], folds: number): void {
  const held = Array.from({ length: folds }, () => new Float64Array(shares[0]?.length ?? 0));
  for (const [g, fold] of foldOf.entries()) shares[g]!.forEach((share, c) => (held[fold]![c]! += share));

  /** Lets `moved` go from one fold to the other if that helps. */
  const move = (moved: readonly number[], from: number, to: number): boolean => {
    const [a, b] = [held[from]!, held[to]!];
    const change = moved.reduce((sum, share, c) => sum + 2 * share * (b[c]! - a[c]! + share), 0);
    if (change >= -enough) return false;
    moved.forEach((share, c) => {
      a[c]! -= share;
      b[c]! += share;
    });
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
    const more = shares[one]!.map((share, c) => share - shares[other]![c]!);
    if (!move(more, from, to)) return false;
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
