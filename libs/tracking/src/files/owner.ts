import * as z from 'zod';
import { processExists, processStat, processTable } from '@thaw/base';

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
 * host its last sign of life must not be older than 60 s.
 */
export function isOwnerAlive(owner: Owner, lastSign: Date, now: Date): boolean {
  if (owner.host !== processTable()) {
    return now.getTime() - lastSign.getTime() <= silenceLimitMs;
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

/** Null where there is no /proc, or no such process in it. */
function readProcess(pid: number): { dead: boolean; started: number } | null {
  const fields = processStat(pid);
  return fields && { dead: fields[0] === 'Z' || fields[0] === 'X', started: Number(fields[19]) };
}
