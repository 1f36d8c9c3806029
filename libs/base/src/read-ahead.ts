/**
 * Reads items in order and gives each with what was read, while the next `ahead` are being read already; an item is asked for when
 * its reading begins. An error while reading is thrown when its item's turn comes.
 */
export async function* readAhead<Item, Value>(
  items: Iterable<Item>,
  read: (item: Item) => Promise<Value>,
  ahead = 1,
): AsyncGenerator<[Item, Value]> {
  const begun: { readonly item: Item; readonly value: Promise<Value> }[] = [];
  const first = async (): Promise<[Item, Value]> => {
    const { item, value } = begun.shift()!;
    return [item, await value];
  };
  for (const item of items) {
    const value = read(item);
    value.catch(() => undefined);
    begun.push({ item, value });
    if (begun.length > ahead) yield await first();
  }
  while (begun.length > 0) yield await first();
}
