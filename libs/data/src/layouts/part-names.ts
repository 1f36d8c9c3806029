import type { Split } from '../leakage/crossings.ts';

const parts: Readonly<Record<string, Split>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
};

/** The parts of a data set in their order. */
export const partOrder: readonly Split[] = ['train', 'validation', 'test'];

/** How messages write a part of a data set. */
export const partLabel: Readonly<Record<Split, string>> = { train: 'TRAIN', validation: 'VAL', test: 'TEST' };

/** Every name that a part may have, in words. */
export const allowedParts = 'train (training), val (valid, validation, dev) and test (testing), in any case';

/** The part of a data set that a folder's name or a table's cell means, in any case; null where it means none. */
export function partNamed(name: string): Split | null {
  const lower = name.toLowerCase();
  return Object.hasOwn(parts, lower) ? parts[lower]! : null;
}
