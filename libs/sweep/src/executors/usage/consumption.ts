import { readdirSync, readFileSync } from 'node:fs';
import { processStat, sum } from '@thaw/base';

/** What processes have had so far, and have now. */
export interface Consumption {
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
}

/** Of this process, with all its threads. */
export function ownConsumption(): Consumption {
  const { user, system } = process.cpuUsage();
  return { cpuSeconds: (user + system) / 1e6, memoryBytes: process.memoryUsage.rss() };
}

/** `proc(5)`: what Linux counts processor time in, whatever its kernel does. */
const ticksPerSecond = 100;

/** Of a program that leads a process group, with all that it has started there, as Linux says; null elsewhere, or once none is left. */
export function groupConsumption(leader: number): Consumption | null {
  const members = processes().filter(({ stat }) => Number(stat[2]) === leader);
  if (members.length === 0) return null;
  return {
    // With what those have had that were waited for.
    cpuSeconds: sum(members.flatMap(({ stat }) => stat.slice(11, 15).map(Number))) / ticksPerSecond,
    memoryBytes: sum(members.map(({ pid }) => residentBytes(pid))),
  };
}

/** What a process holds, as Linux says; 0 elsewhere. */
export function residentBytes(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return 1024 * Number(kilobytes ?? 0);
  } catch {
    return 0;
  }
}

function processes(): { pid: number; stat: string[] }[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const stat = processStat(Number(name));
        return stat === null ? [] : [{ pid: Number(name), stat }];
      });
  } catch {
    return [];
  }
}
