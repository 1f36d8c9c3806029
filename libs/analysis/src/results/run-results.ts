import { UserError } from '@thaw/base';
import { isComplete } from '@thaw/experiment';
import {
  asPredictions,
  gapOfReports,
  generalisationGap,
  testTwins,
  type ClassGapFigures,
  type ClassificationReport,
  type GapFigures,
} from '@thaw/metrics';
import type { RunRecord, RunStore } from '@thaw/tracking';
import {
  groupsOfRun,
  type Grouping,
  type GroupsOfRunOptions,
  type RunGroups,
} from '../groups/groups-of-run.ts';
import { SealedRun } from '../test-set/sealed-run.ts';
import { groupingOfFigures, runReports, type RunReports } from './run-reports.ts';

type Averages = Pick<ClassificationReport, 'macro' | 'weighted'>;

/** The test accuracy without copies of what a run learned from or was chosen by. */
export interface HonestTest {
  /** Test images that have a twin in training or validation; the other figures are of those without. */
  readonly twins: number;
  /** Null where too few are left. */
  readonly accuracy: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly images: number;
  readonly groups: number;
}

/** What came of a run on both parts, with 95 % intervals; gaps are validation minus test. */
export interface RunResults extends Pick<GapFigures, 'classes' | 'overall' | 'metrics'> {
  readonly run: string;
  readonly per_class: readonly (ClassGapFigures & { readonly gap: { readonly precision: number | null } })[];
  readonly averages: { readonly validation: Averages; readonly test: Averages };
  /** Null without predictions. */
  readonly confusion: GapFigures['confusion'] | null;
  readonly calibration: GapFigures['calibration'] | null;
  /** Validation images that have a twin in training; null where that is not known. */
  readonly validation_twins: number | null;
  /** On the test images without a twin in training or validation; null where it is not known which have one. */
  readonly honest_test: HonestTest | null;
  /** Whether intervals count groups as independent, or images because groups are not known. */
  readonly groups: 'photographs' | 'images';
  readonly grouping: Grouping;
}

/**
 * The results of a run as every page, document and command gives them. A UserError for a run that has none; see `groupsOfRun` for
 * what intervals go by.
 */
export async function runResults(
  store: Pick<RunStore, 'predictions' | 'groups'>,
  run: RunRecord,
  options: GroupsOfRunOptions,
): Promise<RunResults> {
  const reports = await runReports(store, run);
  if (reports) return resultsOf(store, run, reports, options);
  const { id, state, sealed } = run;
  if (sealed && isComplete(state)) throw new SealedRun(run);
  throw new UserError(
    isComplete(state)
      ? `run ${id} has no results on both validation and test images`
      : `run ${id} is ${state}; reports are written when a run has finished`,
  );
}

/** `runResults` of reports that were read before. */
export async function resultsOf(
  store: Pick<RunStore, 'groups'>,
  run: RunRecord,
  { validation, test }: RunReports,
  options: GroupsOfRunOptions,
): Promise<RunResults> {
  const averages = { validation: averagesOf(validation.report), test: averagesOf(test.report) };
  if (!validation.rows || !test.rows) {
    const gap = gapOfReports(validation.report, test.report);
    const unknown = {
      metrics: [],
      confusion: null,
      calibration: null,
      validation_twins: null,
      honest_test: null,
    };
    return { ...common(run, gap, groupingOfFigures), averages, ...unknown };
  }
  const rows = { validation: validation.rows, test: test.rows };
  const groups = await groupsOfRun(store, run, rows, options);
  const { metrics, confusion, calibration, ...gap } = figuresOf(rows, run.classes!, groups);
  const honest_test = honestTest(rows.test, run.classes!, groups);
  return {
    ...common(run, gap, groups),
    metrics,
    averages,
    confusion,
    calibration,
    validation_twins: groups.twins,
    honest_test,
  };
}

/** The gap of a run's predictions, by what is known of groups. */
export function figuresOf(
  rows: Readonly<Record<'validation' | 'test', Parameters<typeof asPredictions>[0]>>,
  classes: readonly string[],
  { groupOf }: Pick<RunGroups, 'groupOf'>,
): GapFigures {
  return generalisationGap(
    asPredictions(rows.validation, classes, groupOf),
    asPredictions(rows.test, classes, groupOf),
    classes,
  );
}

/** The accuracy on test images without a twin in training or validation; null where it is not known which have one. */
export function honestTest(
  rows: Parameters<typeof asPredictions>[0],
  classes: readonly string[],
  { groupOf, testTwins: known }: Pick<RunGroups, 'groupOf' | 'testTwins'>,
): HonestTest | null {
  if (known === null) return null;
  const isTwin = rows.map(({ file }) => known.has(file));
  const { twins, honest, images, groups } = testTwins(asPredictions(rows, classes, groupOf), isTwin);
  return { twins, accuracy: honest?.value ?? null, ci95: honest?.ci95 ?? null, images, groups };
}

function common(
  { id }: RunRecord,
  { classes, overall, per_class }: Pick<GapFigures, 'classes' | 'overall' | 'per_class'>,
  { origin, unit, missing }: Grouping,
) {
  return {
    run: id,
    classes,
    overall,
    per_class: per_class.map(withPrecision),
    groups: origin === 'unknown' ? ('images' as const) : ('photographs' as const),
    grouping: { origin, unit, missing },
  };
}

function withPrecision(each: ClassGapFigures) {
  const { validation, test, gap } = each;
  const compared = validation.support > 0 && test.support > 0;
  return { ...each, gap: { ...gap, precision: compared ? validation.precision - test.precision : null } };
}

function averagesOf({ macro, weighted }: ClassificationReport): Averages {
  return { macro, weighted };
}
