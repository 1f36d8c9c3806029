import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { sha256 } from './files/sha256.ts';

let table: string | undefined;

/**
 * Names the table of this process: process ids mean the same thing to two processes if, and only if, this is equal for both. It
 * tells machines (on Linux: boots and process namespaces) apart without naming them.
 */
export function processTable(): string {
  table ??= sha256(
    JSON.stringify([
      hostname(),
      orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
      orNull(() => readlinkSync('/proc/self/ns/pid')),
    ]),
  ).slice(0, 16);
  return table;
}

/** Whether there is a process with this id in this process's table. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * What /proc/<pid>/stat says of a process (proc(5)), from its third field, the state, on. Null where there is no /proc, or no such
 * process in it.
 */
export function processStat(pid: number): string[] | null {
  const stat = orNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The second field is the command in brackets and may itself hold spaces and brackets.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? null;
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
