import { readFileSync } from 'node:fs';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** What a process has in memory now and has had at most, in MB; Linux alone tells. */
export function memoryOf(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)![1]) / 1000;
  return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
}

/** One line of a table: what was measured, what came out, what is claimed. */
export function say(what: string, value: string, claim = ''): void {
  process.stdout.write(`${what.padEnd(52)} ${value.padEnd(28)} ${claim}\n`);
}
