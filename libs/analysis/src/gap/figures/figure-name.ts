import { printedName } from '@thaw/base';

/**
 * How a figure names a class, on one line. Vega looks names up in plain objects and stops at those that every object has, such as
 * `constructor`; a space without width before them, which nobody sees, keeps them apart.
 */
export function figureName(name: string): string {
  const printed = printedName(name);
  return printed in {} ? `\u200b${printed}` : printed;
}
