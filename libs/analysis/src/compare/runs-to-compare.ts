import { UserError } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import type { PredictedSplit, RunRecord, RunStore } from '@thaw/tracking';
import { finished } from '../gap/choose-run.ts';
import { otherImages } from './compare-part.ts';

/** A run that can be compared with others. */
export interface RunToCompare {
  readonly record: RunRecord & { readonly classes: string[] };
  readonly rows: Readonly<Record<PredictedSplit, readonly PredictionRow[]>>;
}

/**
 * The runs that queries name, each once, in their order, of those that have predictions and were tested on the images of the first
 * one; why others are left out, and which were named twice.
 */
export async function runsToCompare(
  store: Pick<RunStore, 'run' | 'predictions'>,
  queries: readonly string[],
): Promise<{ runs: RunToCompare[]; problems: UserError[]; twice: string[] }> {
  const runs = new Map<string, RunToCompare>();
  const problems: UserError[] = [];
  const twice: string[] = [];
  for (const query of queries) {
    try {
      const record = finished(await store.run(query));
      if (runs.has(record.id)) {
        twice.push(record.id);
        continue;
      }
      const rows = {
        validation: await store.predictions(record.id, 'validation'),
        test: record.sealed ? [] : await store.predictions(record.id, 'test'),
      };
      const [first = { record, rows }] = runs.values();
      const sealed = first.record.sealed || record.sealed;
      const others = sealed ? null : otherImages([{ rows: first.rows.test }, { rows: rows.test }]);
      if (others) {
        throw new UserError(
          `runs ${first.record.id} and ${record.id} were tested on different images, so their accuracies cannot be compared: ${others.how}`,
        );
      }
      runs.set(record.id, { record, rows });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error);
    }
  }
  return { runs: [...runs.values()], problems, twice };
}
