import { printedAlike, printedName } from '@thaw/base';
import type { ListedClass } from '../layouts/layout.ts';
import { partLabel } from '../layouts/part-names.ts';
import type { Split } from '../leakage/crossings.ts';

/** Values that share a key, each set of them once. */
function twins(values: Iterable<string>, keyOf: (value: string) => string): string[][] {
  const found = new Map<string, Set<string>>();
  for (const value of values) {
    const key = keyOf(value);
    const seen = found.get(key);
    if (seen) seen.add(value);
    else found.set(key, new Set([value]));
  }
  return [...found.values()].filter((seen) => seen.size > 1).map((seen) => [...seen]);
}

const lowerCase = (value: string) => value.toLowerCase();

/**
 * Mistakes that any layout can hold: names that differ only in case (on Windows and macOS one would silently replace
 * the other), classes that readers could not tell apart, and fewer than two classes.
 */
export function structureProblems(
  files: readonly { readonly label: string; readonly name: string }[],
): string[] {
  const classes = new Set(files.map((file) => file.label));
  const caseTwins = twins(classes, lowerCase);
  const alike = twins(classes, printedAlike).filter(
    (names) => new Set(names.map(lowerCase)).size === names.length,
  );
  return [
    ...caseTwins.map((names) => `classes differ only in case: ${names.map(printedName).join(', ')}`),
    ...alike.map(
      (names) => `classes cannot be told apart when printed: ${names.map(spelt).join(', ')}; rename one`,
    ),
    ...twins(
      files.map((file) => file.name),
      lowerCase,
    ).map((names) => `files differ only in case: ${names.join(', ')}`),
    ...(classes.size === 1
      ? [`it has images of one class only, ${printedName([...classes][0]!)}; a classifier needs two or more`]
      : []),
  ];
}

/** In quotes, with code points where the letters are not those of a keyboard. */
function spelt(name: string): string {
  const odd = [...name]
    .filter((character) => character > '~')
    .map((each) => each.codePointAt(0)!.toString(16));
  return `"${printedName(name)}"${odd.length > 0 ? ` (U+${odd.join(', U+')})` : ''}`;
}

/** One sentence for every class that is in one of the parts, pooled from sets each, but not in the other; one when there is no class at all. */
export function missingClasses(
  classes: readonly ListedClass[],
  pooled: readonly (readonly Split[])[],
): string[] {
  if (classes.length === 0) return ['it has no classes'];
  const parts = pooled.map((sets) => ({
    name: sets.map((set) => partLabel[set]).join(' and '),
    labels: new Set(
      classes.filter(({ set }) => set !== null && sets.includes(set)).map(({ label }) => label),
    ),
  }));
  const [train, ...others] = parts;
  const lacking = (from: (typeof parts)[0], other: (typeof parts)[0]) =>
    [...from.labels]
      .filter((label) => !other.labels.has(label))
      .map((label) => `class ${printedName(label)} is in ${from.name} but not in ${other.name}`);
  return others.flatMap((other) => [...lacking(train!, other), ...lacking(other, train!)]);
}
