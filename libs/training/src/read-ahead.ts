/**
 * Reads items in order and gives each with what was read, while the next one is being read already. An error while reading
 * is thrown when its item's turn comes.
 */
export async function* readAhead<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Promise<Value>,
): AsyncGenerator<[Item, Value]> {
  let next: Promise<Value> | null = null;
  for (const [i, item] of items.entries()) {
    const value: Value = await (next ?? read(item));
    const following = items[i + 1];
    next = following === undefined ? null : read(following);
    next?.catch(() => undefined);
    yield [item, value];
  }
}
