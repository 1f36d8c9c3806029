/** The members of every group, largest group first, equal ones by name; members keep their order. */
export function byGroup<T extends { readonly group: string }>(images: readonly T[]): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const image of images) {
    const members = groups.get(image.group);
    if (members) members.push(image);
    else groups.set(image.group, [image]);
  }
  return [...groups].sort(
    ([nameA, a], [nameB, b]) => b.length - a.length || (nameA < nameB ? -1 : nameA > nameB ? 1 : 0),
  );
}
