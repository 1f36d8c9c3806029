import { readAnnotations } from '../annotations/annotations-file.ts';
import type { RunRow } from '../query/run-row.ts';
import { summarySchema, type RunRecord } from '../records/run-record.ts';
import type { ReconciledRun } from '../reconcile.ts';
import { readRow } from './read-row.ts';

/** What lists and sweeps ask of a run's record, and what else its folder says. */
export interface RunDigest {
  readonly run: ListedRun;
  /** As JSON, which is read when somebody asks for it. */
  readonly row: string;
}

/** What lists show of a run without its row. */
export interface ListedRun extends ReconciledRun {
  readonly sealed: boolean;
  readonly tags: readonly string[];
  readonly archived: boolean;
}

/** A run as lists show it. */
export interface RunEntry {
  readonly run: ListedRun;
  readonly row: RunRow;
}

export async function digestRun(record: RunRecord, folder: string): Promise<RunDigest> {
  const { id, sweep, number, state, parameters, summary, error, sealed, created, seconds } = record;
  const annotations = await readAnnotations(folder);
  const { tags, archived } = annotations;
  return {
    run: { id, sweep, number, state, parameters, summary, error, sealed, created, seconds, tags, archived },
    row: JSON.stringify(await readRow(record, folder, annotations)),
  };
}

/**
 * A run in memory. Its row, which not everybody asks for, is read when it is first asked for: objects that `JSON.parse` makes of the
 * same names share what V8 knows of their shape, and take a fifth of the memory of those that are filled name by name.
 */
export class IndexedRun implements RunEntry {
  readonly run: ListedRun;
  #row: string | RunRow;

  constructor({ run, row }: RunDigest) {
    this.run = { ...run, summary: withNumbers(run.summary) };
    this.#row = row;
  }

  get row(): RunRow {
    if (typeof this.#row === 'string') this.#row = JSON.parse(this.#row) as RunRow;
    return this.#row;
  }

  toJSON(): unknown {
    return [this.run, this.row];
  }
}

/** JSON has null for what is no number. */
function withNumbers(summary: RunRecord['summary']): RunRecord['summary'] {
  const lacks = (figures: object) => Object.values(figures).includes(null);
  if (summary === null || !(lacks(summary) || summary.folds?.some(lacks))) return summary;
  return summarySchema.parse(JSON.parse(JSON.stringify(summary)));
}
