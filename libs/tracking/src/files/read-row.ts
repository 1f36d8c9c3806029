import { figuresBehind, prefixed } from '@thaw/experiment';
import { readAnnotations } from '../annotations/annotations-file.ts';
import { lastEpoch } from './last-epoch.ts';
import { runRow, type Annotations, type RunRow } from '../query/run-row.ts';
import type { RunRecord } from '../records/run-record.ts';

/** The row of a run, with what else its folder says of it: annotations and, of a run that is not done, the last epoch. */
export async function readRow(record: RunRecord, folder: string, annotations?: Annotations): Promise<RunRow> {
  return {
    ...runRow(record, annotations ?? (await readAnnotations(folder))),
    ...(await soFar(record, folder)),
  };
}

/** The columns of a run that is not done, from its last epoch; none of others. */
async function soFar(record: RunRecord, folder: string): Promise<Record<string, number | null>> {
  const epoch = record.state === 'running' ? await lastEpoch(folder) : null;
  if (epoch === null) return {};
  const figures = { ...prefixed('train_', epoch), ...figuresBehind('val_', epoch) };
  const finite = ([name, value]: [string, number | undefined]) =>
    [name, value !== undefined && Number.isFinite(value) ? value : null] as const;
  return { epochs: epoch.epoch, ...Object.fromEntries(Object.entries(figures).map(finite)) };
}
