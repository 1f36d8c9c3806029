import { counted, UserError } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import { inOrderOf } from '@thaw/metrics';
import type { RunStore, SweepRecord } from '@thaw/tracking';

export interface ValidationOfTrials {
  /** How many trials have finished. */
  readonly finished: number;
  /** What each that was validated on the same images said of them, in one order. */
  readonly rows: readonly PredictionRow[][];
  /** Why these are not all that have finished, as a clause; null where they are. */
  readonly missing: string | null;
}

/** What each finished trial of a sweep said of the validation images in `reference`, in that order. */
export async function validationOfTrials(
  store: Pick<RunStore, 'predictions'>,
  { trials }: Pick<SweepRecord, 'trials'>,
  reference: readonly PredictionRow[],
): Promise<ValidationOfTrials> {
  const finished = trials.flatMap(({ run, state }) => (state === 'finished' && run !== null ? [run] : []));
  const rows: PredictionRow[][] = [];
  const unread: string[] = [];
  for (const run of finished) {
    const said = await store.predictions(run, 'validation').catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      unread.push(error.message);
      return null;
    });
    const ordered = said && inOrderOf(reference, said);
    if (ordered) rows.push(ordered);
  }
  const others = finished.length - rows.length - unread.length;
  const missing =
    unread.length > 0
      ? `the predictions of ${counted(unread.length, 'other trial')} cannot be read (${unread[0]!})`
      : others > 0
        ? `${counted(others, 'other trial')} ${others === 1 ? 'was' : 'were'} validated on other images`
        : null;
  return { finished: finished.length, rows, missing };
}
