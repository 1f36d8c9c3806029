import type { PredictionRow } from '@thaw/experiment';
import { asPredictions, calibration, difference, sideResults } from '@thaw/metrics';
import type { CardFacts } from '@thaw/serving';
import type { RunGroups } from '../groups/groups-of-run.ts';

type Figures = CardFacts['figures'];

/** What a version is worth, by what is known of groups; of validation images alone where no test image was predicted. */
export function cardFigures(
  rows: Readonly<Record<'validation' | 'test', readonly PredictionRow[]>>,
  classes: readonly string[],
  { groupOf }: Pick<RunGroups, 'groupOf'>,
): Figures {
  const validation = sideResults(asPredictions(rows.validation, classes, groupOf), classes);
  if (rows.test.length === 0) return { classes, validation, test: null, gap: null };
  const predictions = asPredictions(rows.test, classes, groupOf);
  const test = { ...sideResults(predictions, classes), ece: calibration(predictions).ece };
  return { classes, validation, test, gap: difference(estimateOf(validation), estimateOf(test)) };
}

function estimateOf({ overall }: Figures['validation']) {
  return { value: overall.accuracy, ci95: overall.ci95 };
}
