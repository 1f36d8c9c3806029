import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { formatJsonLines, parseJsonLines } from './json-lines.ts';
import { storedTrialSchema, type StoredSweep, type StoredTrial } from '../records/sweep-record.ts';

/**
 * The trials of a sweep that runs, a line for each state of each: a sweep of a thousand trials would otherwise write its whole
 * record thousands of times. Its lines survive the process being killed; the sweep's end folds them into the record.
 */
export class TrialJournal {
  readonly #path: string;
  readonly #file: number;

  /** `name` is the sweep's `journal`. */
  constructor(folder: string, name: string) {
    this.#path = join(folder, name);
    this.#file = openSync(this.#path, 'a');
  }

  /** Writes the whole line or nothing: the next one would make a line that nobody can read of the rest. Throws ENOSPC then. */
  append(trial: StoredTrial): void {
    const line = Buffer.from(formatJsonLines([trial]));
    const { size } = fstatSync(this.#file);
    // A disk that is nearly full takes a part and says so by its count alone.
    if (writeSync(this.#file, line) === line.length) return;
    ftruncateSync(this.#file, size);
    throw Object.assign(new Error(`ENOSPC: no space left on device, write '${this.#path}'`), {
      code: 'ENOSPC',
    });
  }

  /** Once the record holds what the journal does. */
  async remove(): Promise<void> {
    closeSync(this.#file);
    await rm(this.#path, { force: true });
  }
}

/** The record with the trials of its journal; of several lines about a trial the last counts. */
export function withJournal(folder: string, sweep: StoredSweep): StoredSweep {
  if (sweep.journal === null) return sweep;
  const path = join(folder, sweep.journal);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    // No trial yet.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return sweep;
    throw error;
  }
  const trials = new Map(sweep.trials.map((trial) => [trial.number, trial]));
  for (const trial of parseJsonLines(text, storedTrialSchema, path)) trials.set(trial.number, trial);
  return { ...sweep, trials: [...trials.values()] };
}
