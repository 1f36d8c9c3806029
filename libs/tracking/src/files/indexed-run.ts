import { readAnnotations } from '../annotations/annotations-file.ts';
import { runRow, type Annotations, type RowSource, type RunRow } from '../query/run-row.ts';
import { summarySchema, type RunRecord } from '../records/run-record.ts';
import type { ReconciledRun } from '../reconcile.ts';
import { soFar } from './read-row.ts';

/** What lists and sweeps ask of a run's record, and what else its folder says. */
export interface RunDigest {
  readonly run: Omit<RowSource, 'settings'> & Pick<RunRecord, 'sealed'>;
  /** As JSON, which is read for rows alone: there is more of them than of all else. */
  readonly settings: string;
  readonly annotations: Annotations;
  /** The columns of a run that is not done. */
  readonly soFar: Record<string, number | null>;
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
  const { id, sweep, number, state, parameters, settings, summary, error, sealed } = record;
  const { imported, logged, created, seconds } = record;
  return {
    run: {
      ...{ id, sweep, number, state, parameters, summary, error, sealed, created, seconds, logged },
      imported: imported && { program: imported.program },
    },
    settings: JSON.stringify(settings),
    annotations: await readAnnotations(folder),
    soFar: await soFar(record, folder),
  };
}

/** A run in memory. Its row, which not everybody asks for, is made when it is first asked for, and what it is made of is forgotten then. */
export class IndexedRun implements RunEntry {
  readonly run: ListedRun;
  #digest: RunDigest | null;
  #row: RunRow | null = null;

  constructor(digest: RunDigest) {
    const { id, sweep, number, state, parameters, created, seconds, error, sealed } = digest.run;
    const { tags, archived } = digest.annotations;
    this.run = {
      ...{ id, sweep, number, state, parameters, created, seconds, error, sealed, tags, archived },
      summary: withNumbers(digest.run.summary),
    };
    this.#digest = digest;
  }

  get row(): RunRow {
    if (this.#digest !== null) {
      const { run, annotations, soFar: columns } = this.#digest;
      const settings = JSON.parse(this.#digest.settings) as RunRecord['settings'];
      const { summary } = this.run;
      this.#row = Object.assign(runRow({ ...run, settings, summary }, annotations), columns);
      this.#digest = null;
    }
    return this.#row!;
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
