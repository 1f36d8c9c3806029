import type { ListedFile } from './layouts/layout.ts';

/** The first `limit` files of each class of each set, in the order given; all files without a limit. */
export function limitPerClass<T extends Pick<ListedFile, 'set' | 'label'>>(
  files: readonly T[],
  limit: number | undefined,
): readonly T[] {
  if (limit === undefined) return files;
  const counts = new Map<string, number>();
  return files.filter(({ set, label }) => {
    const key = JSON.stringify([set, label]);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= limit;
  });
}
