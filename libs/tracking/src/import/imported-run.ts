import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochRecord, PredictionRow, Summary } from '@thaw/experiment';
import { newRunId } from '../files/ids.ts';
import type { ImportedRecord } from './imported-record.ts';
import { formatJsonLines } from '../files/json-lines.ts';
import { thisProcess } from '../files/owner.ts';
import { predictedSplits, predictionsFile, type PredictedSplit } from '../records/prediction-row.ts';
import type { RunRecord } from '../records/run-record.ts';

/** What another program found. Figures that it did not give are NaN. */
export interface ImportedRun extends ImportedRecord {
  name: string;
  /** What the importer knows of its settings. */
  parameters: Record<string, unknown>;
  classes: readonly string[];
  summary: Summary;
  epochs: readonly EpochRecord[];
  predictions: Readonly<Record<PredictedSplit, readonly PredictionRow[] | null>>;
}

/** The record of an imported run: finished when it is made. */
export function importedRecord(run: ImportedRun, now: Date): RunRecord {
  const { name, file, program, reports, parameters, classes, summary } = run;
  return {
    format: 1,
    id: newRunId(name, 0, now),
    sweep: null,
    number: 0,
    state: 'finished',
    parameters,
    settings: null,
    paths: {},
    summary,
    classes: [...classes],
    error: null,
    sealed: false,
    provenance: null,
    imported: { file, program, reports },
    logged: null,
    created: now.toISOString(),
    finished: now.toISOString(),
    seconds: null,
    owner: thisProcess(),
  };
}

/** Writes what stands beside the record of an imported run: epochs and predictions, where it has any. */
export async function writeImported(
  folder: string,
  { epochs, predictions }: Pick<ImportedRun, 'epochs' | 'predictions'>,
): Promise<void> {
  if (epochs.length > 0) await writeFile(join(folder, 'metrics.jsonl'), formatJsonLines(epochs));
  for (const split of predictedSplits) {
    const rows = predictions[split];
    if (rows) await writeFile(join(folder, predictionsFile(split)), formatJsonLines(rows));
  }
}
