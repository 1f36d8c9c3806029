import { mapConcurrently, shareOf, UserError } from '@thaw/base';
import type { PredictedSplit, RunStore } from '@thaw/tracking';
import { groupsOfRun, keptWith, type GroupsOfRunOptions, type RunGroups } from '../groups/groups-of-run.ts';
import { groupingSentence } from '../results/sentences.ts';
import type { CompareDocument } from './compare-document.ts';
import { comparePart, otherImages } from './compare-part.ts';
import { runsToCompare, type RunToCompare } from './runs-to-compare.ts';

export interface CompareRunsOptions extends GroupsOfRunOptions {
  /** What cannot be compared is an error; else it is left out and a note says why. */
  readonly strict: boolean;
}

/** As many are read beside each other. */
const runsAtOnce = 8;

type ReadStore = Pick<RunStore, 'run' | 'predictions' | 'groups'>;

/**
 * Says of every pair of runs whether the difference of their accuracies is more than chance. `queries` are ids, beginnings of
 * them or `latest`. Where `strict`, a UserError for fewer than two different runs, and for a run that is named twice, has no
 * predictions or was tested on other images.
 */
export async function compareRuns(
  store: ReadStore,
  queries: readonly string[],
  { strict, ...options }: CompareRunsOptions,
): Promise<CompareDocument> {
  const { runs, problems, twice } = await runsToCompare(store, queries);
  if (strict) refuse(runs.length, problems, twice);
  const left = problems.map(({ message }) => `${message}.`);
  if (runs.length < 2) return { ...nothing, notes: left };
  const groups = await groupsOfAll(store, runs, options);
  const { origin, unit, missing, groupOf } = groups;
  const rowsOf = (part: PredictedSplit) =>
    runs.map(({ record: { id, classes }, rows }) => ({ id, classes, rows: rows[part] }));
  const sealed = runs.filter(({ record }) => record.sealed);
  const test = sealed.length > 0 ? null : comparePart('test', rowsOf('test'), groupOf);
  const others = otherImages(rowsOf('validation'));
  const validation = others ? null : comparePart('validation', rowsOf('validation'), groupOf);
  return {
    runs: runs.map(({ record }, i) => ({
      run: record.id,
      parameters: record.parameters,
      validation: validation?.accuracies[i] ?? null,
      test: test?.accuracies[i] ?? null,
    })),
    images: test?.images ?? 0,
    groups: test?.groups ?? null,
    validation: validation && { images: validation.images, groups: validation.groups },
    grouping: { origin, unit, missing },
    pairs: test?.comparisons ?? [],
    comparisons: [...(test?.comparisons ?? []), ...(validation?.comparisons ?? [])],
    notes: [
      ...left,
      ...(sealed.length > 0
        ? [
            `Test accuracies are not compared: the test set of ${sealed.map(({ record }) => record.id).join(', ')} is sealed.`,
          ]
        : []),
      ...(others
        ? [
            `Validation accuracies are not compared: ${runs[0]!.record.id} and ${runs[others.differs]!.record.id} were validated on different images (${others.how}).`,
          ]
        : []),
      ...(groupOf ? [] : [groupingSentence({ origin, unit, missing })]),
      ...(validation && groups.twins ? [twinsNote(groups.twins, validation.images)] : []),
    ],
  };
}

const nothing = {
  runs: [],
  images: 0,
  groups: null,
  validation: null,
  grouping: { origin: 'unknown', unit: 'image', missing: 'there are no two runs to compare' },
  pairs: [],
  comparisons: [],
} as const satisfies Omit<CompareDocument, 'notes'>;

function refuse(runs: number, [problem]: readonly UserError[], [twice]: readonly string[]): void {
  if (twice !== undefined) {
    throw new UserError(`run ${twice} was named twice; a run does not differ from itself`);
  }
  if (problem) throw problem;
  if (runs < 2) throw new UserError('a comparison needs two runs or more');
}

/** The groups that are kept with any of the runs, or else those that any of them comes to. */
async function groupsOfAll(
  store: Pick<RunStore, 'groups'>,
  runs: readonly RunToCompare[],
  options: GroupsOfRunOptions,
): Promise<RunGroups> {
  const kept = await mapConcurrently(runs, runsAtOnce, ({ record, rows }) =>
    keptWith(store, record.id, rows),
  );
  const known = kept.filter((groups) => groups !== null);
  if (known.length > 0) return coarsest(known, runs[0]!);
  const all = [];
  for (const { record, rows } of runs) all.push(await groupsOfRun(store, record, rows, options));
  return coarsest(all, runs[0]!);
}

/** The fewest groups of test images (of validation images, where nobody has looked at those), so that the order in which runs are named makes no verdict bolder. */
function coarsest(all: readonly RunGroups[], { rows }: RunToCompare): RunGroups {
  const counted = rows.test.length > 0 ? rows.test : rows.validation;
  const count = ({ groupOf }: RunGroups) =>
    groupOf ? new Set(counted.map(({ file }) => groupOf(file))).size : Infinity;
  const counts = all.map(count);
  return all[counts.indexOf(Math.min(...counts))]!;
}

function twinsNote(twins: number, images: number): string {
  return `${shareOf(twins, images)} validation images have a twin in training, another image of the same group: a difference there says which run recognises copies better, not new images.`;
}
