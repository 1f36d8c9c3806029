import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { processTable } from '../process-table.ts';

const pattern = /^\.tmp-([0-9a-f]+)-(\d+)-/;

/**
 * A path in the folder of `path` that no other call or process uses. It starts with `.tmp-`, so that a name is never too
 * long and whoever lists a folder can pass over what a killed process left behind.
 */
export function temporarySibling(path: string): string {
  return join(dirname(path), `.tmp-${processTable()}-${process.pid}-${randomUUID()}`);
}

/** Who made a temporary sibling, by its name: a process's id, null where that is of another process table. Null for other names. */
export function makerOf(name: string): { readonly pid: number | null } | null {
  const match = pattern.exec(name);
  return match && { pid: match[1] === processTable() ? Number(match[2]) : null };
}
