/**
 * Reads items in order and gives each with what was read, while the next `ahead` are being read already. An error while
 * reading is thrown when its item's turn comes.
 */
export async function* readAhead<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Promise<Value>,
  ahead = 1,
): AsyncGenerator<[Item, Value]> {
  const begun: Promise<Value>[] = [];
  for (const [i, item] of items.entries()) {
    while (begun.length <= ahead && i + begun.length < items.length) {
      const value = read(items[i + begun.length]!);
      value.catch(() => undefined);
      begun.push(value);
    }
    yield [item, await begun.shift()!];
  }
}
