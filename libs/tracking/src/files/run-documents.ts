import { join } from 'node:path';
import type { EpochRecord, PredictionRow } from '@thaw/experiment';
import { readIfThere, UserError } from '@thaw/base';
import { epochSchema } from '../records/epoch-record.ts';
import { gapDocumentSchema, type GapDocument } from '../records/gap-document.ts';
import { journalEpochs } from '../mlflow/runs/journal-epochs.ts';
import { entrySchema, journalName, pointsOf } from '../mlflow/runs/journal.ts';
import { readLinesFrom } from './lines-from.ts';
import { parseDocument, parseJsonLines } from './json-lines.ts';
import { predictionSchema, predictionsFile, type PredictedSplit } from '../records/prediction-row.ts';
import type { RunRecord } from '../records/run-record.ts';
import { usageFile, usageSchema, type UsageRecord } from '../records/usage-record.ts';

/** Figures that a program may not have reported at each step. */
const unknown = Object.fromEntries(
  ['loss', 'accuracy', 'val_loss', 'val_accuracy', 'seconds', 'images_per_second'].map((name) => [
    name,
    Number.NaN,
  ]),
);

/** The epochs of a run, from its folder, so far; none before the first. */
export async function readEpochs(folder: string): Promise<EpochRecord[]> {
  const { epochs } = await readEpochsFrom(folder, 0);
  return epochs.map((epoch) => ({ ...unknown, ...epoch }));
}

/**
 * The same of what has come since `cursor`, that of an earlier answer or 0, but each epoch with what was reported at it alone. Of a
 * run that a program logs over HTTP it is a step, with all that was logged at it, and comes again where more was logged since.
 */
export async function readEpochsFrom(
  folder: string,
  cursor: number,
): Promise<{ epochs: EpochRecord[]; cursor: number }> {
  const path = join(folder, 'metrics.jsonl');
  const added = await readLinesFrom(path, cursor);
  if (added !== null) return { epochs: parseJsonLines(added.text, epochSchema, path), cursor: added.end };
  const journal = join(folder, journalName);
  const { text, end } = (await readLinesFrom(journal, cursor)) ?? { text: '', end: 0 };
  const entries = parseJsonLines(text, entrySchema, journal);
  const steps = new Set(entries.flatMap(pointsOf).map(({ step }) => step));
  if (cursor === 0 || steps.size === 0) return { epochs: journalEpochs(entries), cursor: end };
  // What is new may be older than what is known of its step.
  const whole = await readLinesFrom(journal, 0);
  const all = journalEpochs(parseJsonLines(whole?.text ?? '', entrySchema, journal));
  return { epochs: all.filter(({ epoch }) => steps.has(epoch)), cursor: end };
}

/** What a run took of the machine, from its folder, so far; none where nobody sampled it. */
export async function readUsage(folder: string): Promise<UsageRecord[]> {
  const path = join(folder, usageFile);
  return parseJsonLines((await readIfThere(path)) ?? '', usageSchema, path);
}

/** The predictions of a run for a split, from its folder. A UserError for runs that have not come so far, "damaged" for rows that are not of its classes or break off. */
export async function readPredictions(
  folder: string,
  { id, state, imported, classes }: Pick<RunRecord, 'id' | 'state' | 'imported' | 'classes'>,
  split: PredictedSplit,
): Promise<PredictionRow[]> {
  const path = join(folder, predictionsFile(split));
  const text = await readIfThere(path);
  if (text === null && imported) {
    throw new UserError(
      `run ${id} was imported from ${imported.file} as figures, without predictions for ${split} images`,
      { kind: 'not-found' },
    );
  }
  if (text === null)
    throw new UserError(`run ${id} (${state}) has no predictions for ${split} images`, { kind: 'not-found' });
  // Written whole, unlike epochs: a last line that breaks off is damage, or figures of the rest would be taken for those of all.
  const rows = parseJsonLines(`${text}\n`, predictionSchema, path);
  if (classes) checkClasses(rows, classes, path);
  return rows;
}

function checkClasses(rows: readonly PredictionRow[], classes: readonly string[], path: string): void {
  const known = new Set(classes);
  const line = rows.findIndex(({ label, predicted }) => !known.has(label) || !known.has(predicted));
  if (line < 0) return;
  const { label, predicted } = rows[line]!;
  throw new UserError(
    `${path}, line ${line + 1}: ${label}, taken for ${predicted}; the run's classes are ${classes.join(', ')}`,
    { kind: 'damaged' },
  );
}

/** What `gap` measured of a run, from its folder `gap`; null where it has not been asked. A UserError for a document that it did not write. */
export async function readGap(gapFolder: string): Promise<GapDocument | null> {
  const path = join(gapFolder, 'gap.json');
  const text = await readIfThere(path);
  return text === null ? null : parseDocument(text, gapDocumentSchema, path);
}
