/** The first item of each kind, then the second of each, and so on; those of one turn in the order given. */
export function inTurn<T>(items: readonly T[], kindOf: (item: T) => unknown): T[] {
  const met = new Map<unknown, number>();
  return items
    .map((item) => {
      const turn = met.get(kindOf(item)) ?? 0;
      met.set(kindOf(item), turn + 1);
      return { item, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ item }) => item);
}
