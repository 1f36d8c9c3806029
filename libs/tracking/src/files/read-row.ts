import { figuresBehind, prefixed, type EpochRecord } from '@thaw/experiment';
import { readAnnotations } from '../annotations/annotations-file.ts';
import { lastEpoch } from './last-epoch.ts';
import { runRow, type RunRow } from '../query/run-row.ts';
import type { RunRecord } from '../records/run-record.ts';

/** The row of a run, with what else its folder says of it: annotations and, of a run that is not done, the last epoch. */
export async function readRow(record: RunRecord, folder: string): Promise<RunRow> {
  const row = runRow(record, await readAnnotations(folder));
  return record.state === 'running' ? { ...row, ...soFar(await lastEpoch(folder)) } : row;
}

/** The columns of a run that is not done, from its last epoch. */
function soFar(epoch: EpochRecord | null): Record<string, number | null> {
  if (epoch === null) return {};
  const figures = { ...prefixed('train_', epoch), ...figuresBehind('val_', epoch) };
  const finite = ([name, value]: [string, number | undefined]) =>
    [name, value !== undefined && Number.isFinite(value) ? value : null] as const;
  return { epochs: epoch.epoch, ...Object.fromEntries(Object.entries(figures).map(finite)) };
}
