import type { EpochRecord } from '@thaw/experiment';
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
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    epochs: epoch.epoch,
    train_accuracy: finite(epoch.accuracy),
    train_loss: finite(epoch.loss),
    val_accuracy: finite(epoch.val_accuracy),
    val_loss: finite(epoch.val_loss),
  };
}
