import { readdirSync, readFileSync } from 'node:fs';
import { median, processStat } from '@thaw/base';

/** What a process has in memory now and has had at most, in MB; Linux alone tells. */
export function memoryOf(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)![1]) / 1000;
  return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
}

/** Seconds of processor time that a process and those that it started have had so far; Linux alone tells. */
export function processorSeconds(pid: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const family = new Set([pid]);
  // Parents come before their children, unless the numbers have begun anew.
  for (const { id, parent } of processes) if (family.has(parent)) family.add(id);
  const ticks = processes.filter(({ id }) => family.has(id)).reduce((sum, each) => sum + each.ticks, 0);
  return ticks / ticksPerSecond;
}

const ticksPerSecond = 100;

/** Null for a process that is gone. */
function statOf(id: number): { id: number; parent: number; ticks: number } | null {
  const fields = processStat(id)?.map(Number);
  return fields ? { id, parent: fields[1]!, ticks: fields[11]! + fields[12]! } : null;
}

/** One line of a table: what was measured, what came out, what is claimed. */
export function say(what: string, value: string, claim = ''): void {
  process.stdout.write(`${what.padEnd(52)} ${value.padEnd(28)} ${claim}\n`);
}

/** The middle of several times, with the shortest and the longest. */
export function milliseconds(values: readonly number[]): string {
  const whole = (value: number) => value.toFixed(0);
  return `${whole(median(values))} ms (${whole(Math.min(...values))} to ${whole(Math.max(...values))})`;
}
