/** Orders records from the oldest to the newest; of those of one moment, by their ids. */
export function byAge(
  a: { readonly created: string; readonly id: string },
  b: { readonly created: string; readonly id: string },
): number {
  return a.created.localeCompare(b.created) || a.id.localeCompare(b.id);
}
