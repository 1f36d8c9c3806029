import type { OfClasses } from '../src/splits/of-classes.ts';

/** What a group has of classes, from a number for each class. */
export function ofClasses(values: readonly number[]): OfClasses {
  return values.flatMap((value, label) => (value === 0 ? [] : [[label, value] as const]));
}
