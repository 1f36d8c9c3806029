interface Aged {
  readonly created: string;
  readonly id: string;
}

/** Orders records from the oldest to the newest; of those of one moment, by their ids. */
export function byAge(a: Aged, b: Aged): number {
  return compare(a.created, b.created) || compare(a.id, b.id);
}

/** Times of one form and ids are in the order of their characters, which no language's rules are needed for. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
