/** Beyond so many groups exchanging two of them costs too much, and single groups are small enough to do without. */
const mostToExchange = 400;

/**
 * Which groups that span classes to hold out (their indexes) so that `fraction` of every class can be. `groups` holds the
 * number of images of each class in each group, `sizes` the images of each class, those of groups within one class included:
 * these fill up what is missing afterwards.
 *
 * Groups are looked at in order: one is held out when that brings its classes nearer to the fraction, measured as the sum
 * over the classes of |held out - wanted| / images. Then, as long as a class stays out of reach by more than `tolerance` of
 * its images, the group whose change of side helps the most changes it, or if none helps, the first two that help by being
 * exchanged. So a random order gives a random choice.
 */
export function chooseSpanning(
  groups: readonly (readonly number[])[],
  sizes: readonly number[],
  { fraction, tolerance }: { fraction: number; tolerance: number },
): number[] {
  const wanted = sizes.map((size) => fraction * size);
  const fill = sizes.map((size, c) => size - groups.reduce((sum, counts) => sum + counts[c]!, 0));
  const held = sizes.map(() => 0);
  const isHeld = groups.map((counts) => {
    const change = counts.reduce(
      (sum, count, c) =>
        sum +
        (Math.abs(held[c]! + count - wanted[c]!) - Math.abs(held[c]! - wanted[c]!)) / Math.max(sizes[c]!, 1),
      0,
    );
    if (change >= 0) return false;
    counts.forEach((count, c) => (held[c]! += count));
    return true;
  });

  /** How far out of reach the fractions would be after the groups of `changed` have changed sides. */
  const distance = (...changed: number[]): number => {
    let sum = 0;
    for (const [c, size] of sizes.entries()) {
      let count = held[c]!;
      for (const group of changed) count += isHeld[group] ? -groups[group]![c]! : groups[group]![c]!;
      const tooMany = count - wanted[c]!;
      const outOfReach = Math.max(tooMany, -tooMany - fill[c]!) - tolerance * size;
      if (outOfReach > 0) sum += outOfReach / size;
      // A side without images of the class would make the whole split impossible.
      const most = count + fill[c]!;
      if (size > 0 && (most === 0 || count === size)) sum += 1;
    }
    return sum;
  };
  const change = (group: number) => {
    const sign = isHeld[group] ? -1 : 1;
    groups[group]!.forEach((count, c) => (held[c]! += sign * count));
    isHeld[group] = !isHeld[group];
  };
  /** Of rounding errors an improvement without end could be made. */
  const enough = 1e-9;
  for (let before = distance(); before > 0; before = distance()) {
    const single = nearest(groups.length, distance);
    if (single !== null && distance(single) < before - enough) {
      change(single);
      continue;
    }
    const two =
      groups.length > mostToExchange ? null : exchange(isHeld, (a, b) => distance(a, b) < before - enough);
    if (two === null) break;
    two.forEach(change);
  }
  return [...isHeld.keys()].filter((group) => isHeld[group]);
}

function nearest(count: number, distance: (group: number) => number): number | null {
  let best: number | null = null;
  let least = Infinity;
  for (let group = 0; group < count; group++) {
    const after = distance(group);
    if (after < least) [best, least] = [group, after];
  }
  return best;
}

function exchange(isHeld: readonly boolean[], helps: (a: number, b: number) => boolean): number[] | null {
  for (const [a, held] of isHeld.entries()) {
    if (!held) continue;
    for (const [b, other] of isHeld.entries()) if (!other && helps(a, b)) return [a, b];
  }
  return null;
}
