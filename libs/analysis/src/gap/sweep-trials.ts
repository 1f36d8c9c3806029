import { UserError } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import { inOrderOf } from '@thaw/metrics';
import type { RunStore, SweepRecord } from '@thaw/tracking';

/**
 * What each finished trial of a sweep said of the validation images in `reference`, in that order. Trials with other
 * validation images (the sweep varies the split) are left out.
 */
export async function validationOfTrials(
  store: Pick<RunStore, 'predictions'>,
  { trials }: Pick<SweepRecord, 'trials'>,
  reference: readonly PredictionRow[],
): Promise<PredictionRow[][]> {
  const same: PredictionRow[][] = [];
  for (const { run, state } of trials) {
    if (state !== 'finished' || run === null) continue;
    const rows = await store.predictions(run, 'validation').catch((error: unknown) => {
      if (error instanceof UserError) return [];
      throw error;
    });
    const ordered = inOrderOf(reference, rows);
    if (ordered) same.push(ordered);
  }
  return same;
}
