import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { sha256 } from '@thaw/base';

export const ownerSchema = z.object({
  /** Tells machines (on Linux: boots and process namespaces) apart without naming them, because runs may be shared. */
  host: z.string(),
  pid: z.number().int().positive(),
  /** On Linux the process's start in clock ticks since boot, which tells a reused process id; null elsewhere. */
  started: z.number().nullable(),
});

/** The process that alone writes a record. */
export type Owner = z.output<typeof ownerSchema>;

/** How long the owner on another host may be silent. It touches its heartbeat file every 5 s. */
const silenceLimitMs = 60_000;

/** This process as an owner. */
export function thisProcess(): Owner {
  return { host: processTable(), pid: process.pid, started: readProcess(process.pid)?.started ?? null };
}

/**
 * Whether the process that owns a record still lives. On the same host the process table answers: the id must exist, not be
 * a zombie and, where start times are known (Linux), be the same process and not a later one with the same id. For another
 * host its last heartbeat must not be older than 60 s; `heartbeat` is null when there is none.
 */
export function isOwnerAlive(owner: Owner, heartbeat: Date | null, now: Date): boolean {
  if (owner.host !== processTable()) {
    return heartbeat !== null && now.getTime() - heartbeat.getTime() <= silenceLimitMs;
  }
  if (!processExists(owner.pid)) return false;
  const found = readProcess(owner.pid);
  if (found === null || owner.started === null) return true;
  return !found.dead && found.started === owner.started;
}

/**
 * Ends the process that owns a record at once, where it certainly is that process: on this host, and started when the record
 * says, which Linux alone tells. Says whether it did.
 */
export function endOwner(owner: Owner): boolean {
  if (owner.host !== processTable() || owner.started === null || owner.pid === process.pid) return false;
  const found = readProcess(owner.pid);
  if (found === null || found.dead || found.started !== owner.started) return false;
  try {
    return process.kill(owner.pid, 'SIGKILL');
  } catch {
    return false;
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Null where there is no /proc, or no such process in it. */
function readProcess(pid: number): { dead: boolean; started: number } | null {
  const stat = orNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === null) return null;
  // The second field is the command in brackets and may itself hold spaces and brackets (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { dead: fields[0] === 'Z' || fields[0] === 'X', started: Number(fields[19]) };
}

let table: string | undefined;

/** Process ids mean the same thing to two processes if, and only if, this is equal for both. */
function processTable(): string {
  table ??= sha256(
    JSON.stringify([
      hostname(),
      orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
      orNull(() => readlinkSync('/proc/self/ns/pid')),
    ]),
  ).slice(0, 16);
  return table;
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
