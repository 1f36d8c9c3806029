import type { ListedFile } from '../layouts/layout.ts';

/** Values that differ only in case, each set of them once. */
function caseTwins(values: Iterable<string>): string[][] {
  const twins = new Map<string, Set<string>>();
  for (const value of values) {
    const key = value.toLowerCase();
    const seen = twins.get(key);
    if (seen) seen.add(value);
    else twins.set(key, new Set([value]));
  }
  return [...twins.values()].filter((seen) => seen.size > 1).map((seen) => [...seen]);
}

/**
 * Mistakes that any layout can hold: names that differ only in case (on Windows and macOS one would silently replace
 * the other), and fewer than two classes.
 */
export function structureProblems(files: readonly ListedFile[]): string[] {
  const classes = new Set(files.map((file) => file.label));
  const classTwins = caseTwins(classes);
  const fileTwins = caseTwins(files.map((file) => file.name));
  return [
    ...classTwins.map((names) => `classes differ only in case: ${names.join(', ')}`),
    ...fileTwins.map((names) => `files differ only in case: ${names.join(', ')}`),
    ...(classes.size === 1
      ? [`it has images of one class only, ${[...classes][0]}; a classifier needs two or more`]
      : []),
  ];
}
