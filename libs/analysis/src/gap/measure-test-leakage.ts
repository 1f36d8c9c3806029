import type { PredictionRow } from '@thaw/experiment';
import { testTwins, type GapEvidence, type Predictions } from '@thaw/metrics';
import type { GapDocument } from '@thaw/tracking';
import { counted } from '@thaw/base';
import type { RunGroups } from '../groups/groups-of-run.ts';

type Figures = Pick<
  GapDocument['leakage'],
  'test_images_with_a_twin_in_training_or_validation' | 'test_fraction' | 'honest_test'
>;

export interface MeasuredTestLeakage {
  readonly figures: Figures;
  readonly evidence: GapEvidence['testLeakage'];
  /** The test images that honest figures are of: those without a twin, as far as that is known. Null where too few are left. */
  readonly files: ReadonlySet<string> | null;
  /** Why it was not measured; null where it was. */
  readonly missing: string | null;
}

/** How much copies of training and validation images flatter the test accuracy, and what it is without them. */
export function measureTestLeakage(
  rows: readonly PredictionRow[],
  test: Predictions,
  { testTwins: known, missing, unit }: Pick<RunGroups, 'testTwins' | 'missing' | 'unit'>,
): MeasuredTestLeakage {
  const files = rows.map(({ file }) => file);
  if (known === null) {
    const why = missing ?? 'the groups of training images are not known';
    return { figures: unknown, evidence: null, files: new Set(files), missing: why };
  }
  const { twins, fraction, honest, effect, images, groups } = testTwins(
    test,
    files.map((file) => known.has(file)),
  );
  const figures: Figures = {
    test_images_with_a_twin_in_training_or_validation: twins,
    test_fraction: fraction,
    honest_test: honest && { accuracy: honest.value, ci95: honest.ci95, images, groups },
  };
  if (honest && effect) {
    const without = new Set(files.filter((file) => !known.has(file)));
    return { figures, evidence: { honest, effect }, files: without, missing: null };
  }
  const left = images === 0 ? 'none is left' : `only ${counted(images, 'image')} of ${counted(groups, unit)}`;
  const why = `too few test images have no twin in training or validation (${left}) to say what the honest test accuracy is`;
  return { figures, evidence: null, files: null, missing: why };
}

const unknown: Figures = {
  test_images_with_a_twin_in_training_or_validation: null,
  test_fraction: null,
  honest_test: null,
};
