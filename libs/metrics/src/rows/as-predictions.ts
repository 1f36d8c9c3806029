import { UserError } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import type { Predictions } from '../predictions.ts';

/**
 * Rows of a run's predictions as metrics take them. `groupOf` gives the group of a file (relative to the data set's folder);
 * null where no groups are known. A UserError for a class that is none of `classes`.
 */
export function asPredictions(
  rows: readonly PredictionRow[],
  classes: readonly string[],
  groupOf: ((file: string) => string) | null,
): Predictions {
  const index = new Map(classes.map((name, i) => [name, i]));
  return {
    labels: rows.map(({ file, label }) => {
      const found = index.get(label);
      if (found === undefined) {
        throw new UserError(`${file} has the class ${label}, which is none of ${classes.join(', ')}`);
      }
      return found;
    }),
    probabilities: rows.map(({ probabilities }) => probabilities),
    groups: groupOf && rows.map(({ file }) => groupOf(file)),
  };
}
