import { writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { isoTime, UserError } from '@thaw/base';
import type { EpochRecord, PredictionRow, Summary } from '@thaw/experiment';
import { newRunId } from '../files/ids.ts';
import { formatJsonLines } from '../files/json-lines.ts';
import { writeGroups, type KeptGroups } from '../files/kept-groups.ts';
import { thisProcess } from '../files/owner.ts';
import { predictedSplits, predictionsFile, type PredictedSplit } from '../records/prediction-row.ts';
import { parametersBeside } from '../records/own-columns.ts';
import type { GroupedImage } from '../records/grouped-image.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { ImportedRecord } from './imported-record.ts';
import { importedSummary } from './imported-summary.ts';
import type { Outcome, PartResults, Results } from './results.ts';

/** What another program found. Figures that it did not give are NaN. */
export interface ImportedRun extends ImportedRecord {
  name: string;
  /** What the importer knows of its settings. */
  parameters: Record<string, unknown>;
  /** Null for a run without results of single classes. */
  classes: readonly string[] | null;
  summary: Summary;
  epochs: readonly EpochRecord[];
  predictions: Readonly<Record<PredictedSplit, readonly PredictionRow[] | null>>;
  /** Which of the predicted images belong together; left out where that is not known. */
  groups?: KeptGroups | null;
  /** How it went; finished, now, when left out. */
  outcome?: Outcome | null;
  /** What it was part of, in its program's words. */
  experiment?: string | null;
}

/** Results as a run, called as is given, else as the file says, else as the file itself is. */
export function asImportedRun(results: Results, file: string, name: string | null): ImportedRun {
  const { program, parameters, classes, epochs, validation, test, outcome, experiment } = results;
  const images = [...groupedImages('validation', validation), ...groupedImages('test', test)];
  return {
    name: name ?? results.name ?? basename(file, extname(file)),
    file: basename(file),
    program,
    parameters,
    classes,
    summary: importedSummary(results),
    epochs,
    reports: { validation: reportOf(validation), test: reportOf(test) },
    predictions: { validation: rowsOf(validation), test: rowsOf(test) },
    groups: images.length > 0 ? { origin: 'named', images } : null,
    outcome,
    experiment,
  };
}

/** The record of an imported run: as its program says that it ended, else finished when it is made. A UserError for an end after the year 9999. */
export function importedRecord(run: ImportedRun, now: Date): RunRecord {
  const {
    name,
    file,
    program,
    reports,
    parameters,
    classes,
    summary,
    outcome = null,
    experiment = null,
  } = run;
  const created = outcome?.created ?? now.toISOString();
  const seconds = outcome?.seconds ?? null;
  const finished = isoTime(Date.parse(created) + 1000 * (seconds ?? 0));
  if (finished === null)
    throw new UserError(
      `${file}: found a run of ${seconds} seconds; allowed: one that ends before the year 10000`,
    );
  return {
    format: 1,
    id: newRunId(name, 0, now),
    sweep: null,
    number: 0,
    state: outcome?.state ?? 'finished',
    parameters: parametersBeside(Object.keys(summary), Object.entries(parameters)),
    settings: null,
    paths: {},
    summary,
    classes: classes && [...classes],
    error: outcome?.error ?? null,
    sealed: false,
    provenance: null,
    imported: { file, program, reports },
    logged: experiment === null ? null : { experiment_id: experiment, experiment, name },
    created,
    finished,
    seconds,
    owner: thisProcess(),
  };
}

/** Writes what stands beside the record of an imported run: epochs, predictions and groups, where it has any. */
export async function writeImported(
  folder: string,
  { epochs, predictions, groups }: Pick<ImportedRun, 'epochs' | 'predictions' | 'groups'>,
): Promise<void> {
  if (epochs.length > 0) await writeFile(join(folder, 'metrics.jsonl'), formatJsonLines(epochs));
  for (const split of predictedSplits) {
    const rows = predictions[split];
    if (rows) await writeFile(join(folder, predictionsFile(split)), formatJsonLines(rows));
  }
  if (groups) await writeGroups(folder, groups);
}

function reportOf(part: PartResults | null) {
  return part && 'report' in part ? { ...part.report, perClass: [...part.report.perClass] } : null;
}

function rowsOf(part: PartResults | null) {
  return part && 'rows' in part ? part.rows : null;
}

function groupedImages(split: PredictedSplit, part: PartResults | null): GroupedImage[] {
  if (!part || 'report' in part || part.groups === null) return [];
  const { groups } = part;
  return part.rows.map(({ file, label }, i) => ({ path: file, split, class: label, group: groups[i]! }));
}
