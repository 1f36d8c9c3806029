import { join } from 'node:path';
import type { EpochRecord, PredictionRow } from '@thaw/experiment';
import { readIfThere, UserError } from '@thaw/base';
import { epochSchema } from '../records/epoch-record.ts';
import { gapDocumentSchema, type GapDocument } from '../records/gap-document.ts';
import { parseDocument, parseJsonLines } from './json-lines.ts';
import { predictionSchema, predictionsFile, type PredictedSplit } from '../records/prediction-row.ts';
import type { RunRecord } from '../records/run-record.ts';

/** The epochs of a run, from its folder, so far; none before the first. */
export async function readEpochs(folder: string): Promise<EpochRecord[]> {
  const path = join(folder, 'metrics.jsonl');
  return parseJsonLines((await readIfThere(path)) ?? '', epochSchema, path);
}

/** The predictions of a run for a split, from its folder. A UserError for runs that have not come so far. */
export async function readPredictions(
  folder: string,
  { id, state, imported }: Pick<RunRecord, 'id' | 'state' | 'imported'>,
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
  return parseJsonLines(text, predictionSchema, path);
}

/** What `gap` measured of a run, from its folder `gap`; null where it has not been asked. A UserError for a document that it did not write. */
export async function readGap(gapFolder: string): Promise<GapDocument | null> {
  const path = join(gapFolder, 'gap.json');
  const text = await readIfThere(path);
  return text === null ? null : parseDocument(text, gapDocumentSchema, path);
}
