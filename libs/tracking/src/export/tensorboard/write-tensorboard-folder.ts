import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently, UserError } from '@thaw/base';
import type { RunRecord } from '../../records/run-record.ts';
import type { RunStore } from '../../run-store.ts';
import { tensorBoardFiles } from './tensorboard-run.ts';

/** A folder for each run, as TensorBoard tells runs apart, and in it those of its training and its validation. */
export async function writeTensorBoardFolder(
  store: Pick<RunStore, 'metrics' | 'predictions'>,
  runs: readonly RunRecord[],
  folder: string,
): Promise<void> {
  await mapConcurrently(runs, 16, async (run) => {
    const begun = Math.floor(Date.parse(run.created) / 1000);
    const files = tensorBoardFiles({
      run,
      epochs: await store.metrics(run.id),
      predictions: {
        validation: await predictionsOf(store, run, 'validation'),
        test: run.sealed ? [] : await predictionsOf(store, run, 'test'),
      },
    });
    for (const [part, bytes] of files) {
      await mkdir(join(folder, run.id, part), { recursive: true });
      await writeFile(join(folder, run.id, part, `events.out.tfevents.${begun}.thaw`), bytes);
    }
  });
}

/** None of a run that has not come so far, or that brought none. */
async function predictionsOf(
  store: Pick<RunStore, 'predictions'>,
  { id }: RunRecord,
  part: 'validation' | 'test',
) {
  try {
    return await store.predictions(id, part);
  } catch (error) {
    if (error instanceof UserError && error.kind === 'not-found') return [];
    throw error;
  }
}
