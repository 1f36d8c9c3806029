import { randomInt } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const slugLength = 40;

/**
 * A name as a part of file names: lower-case ASCII letters and digits joined by single hyphens, at most 40 characters.
 * Accents are dropped; a name with nothing to keep becomes `fallback`.
 */
export function slugify(name: string, fallback: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, slugLength)
    .replace(/-$/, '');
  return slug === '' ? fallback : slug;
}

/** For instance `20261123-061530-unfreeze-x7k2`: time (UTC), name, chance. Sorts by time. */
export function newSweepId(name: string, now: Date): string {
  return `${timestamp(now)}-${slugify(name, 'sweep')}-${suffix()}`;
}

/** For instance `20261123-061530-unfreeze-003-x7k2`: time (UTC), name, trial number, chance. Sorts by time. */
export function newRunId(name: string, number: number, now: Date): string {
  return `${timestamp(now)}-${slugify(name, 'run')}-${String(number).padStart(3, '0')}-${suffix()}`;
}

/** Whether a text is a run's or a sweep's id from its first to its last character; no such text leads out of a folder. */
export function isWholeId(text: string): boolean {
  return /^\d{8}-\d{6}-[a-z0-9-]+-[a-z0-9]{4}$/.test(text);
}

/** The name of a file for the trials of one session of a sweep. */
export function newJournal(): string {
  return `trials-${suffix()}.jsonl`;
}

function timestamp(now: Date): string {
  return now
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:]/g, '')
    .replace('T', '-');
}

function suffix(): string {
  return Array.from({ length: 4 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
