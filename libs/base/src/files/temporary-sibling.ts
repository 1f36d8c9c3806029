import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';

/**
 * A path in the folder of `path` that no other call or process uses. It starts with `.tmp-`, so that a name is never too
 * long and whoever lists a folder can pass over what a killed process left behind.
 */
export function temporarySibling(path: string): string {
  return join(dirname(path), `.tmp-${process.pid}-${randomUUID()}`);
}
