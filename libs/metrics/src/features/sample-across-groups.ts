import type { Random } from '@thaw/base';

/**
 * At most `limit` samples, as indices in rising order, taken in rounds of one from every group, groups and their samples in
 * random order: as many groups as there is room for, and their samples as even as they allow. All samples when there are no
 * more than `limit`.
 */
export function sampleAcrossGroups(
  groups: readonly (string | number)[],
  limit: number,
  random: Random,
): number[] {
  const members = new Map<string | number, number[]>();
  groups.forEach((group, i) => {
    const known = members.get(group);
    if (known) known.push(i);
    else members.set(group, [i]);
  });
  const queues = random.shuffle([...members.values()]).map((indices) => random.shuffle(indices));
  const rounds = Math.max(0, ...queues.map((queue) => queue.length));
  const order = Array.from({ length: rounds }, (_, round) =>
    queues.flatMap((queue) => queue.slice(round, round + 1)),
  ).flat();
  return order.slice(0, limit).sort((a, b) => a - b);
}
