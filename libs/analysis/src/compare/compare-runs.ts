import { shareOf, UserError } from '@thaw/base';
import { compareRows, type PartComparison } from '@thaw/metrics';
import type { PredictedSplit, RunRecord, RunStore } from '@thaw/tracking';
import { finished } from '../gap/choose-run.ts';
import { dataOfRun, type RunData } from '../gap/data-of-run.ts';
import type { AnalysisListener } from '../listener.ts';
import type { CompareDocument } from './compare-document.ts';

export interface CompareRunsOptions {
  readonly cacheDir: string;
  readonly listener: AnalysisListener;
}

/**
 * Says of every pair of runs whether the difference of their accuracies is real. `queries` are ids, beginnings of them or
 * `latest`, of at least two different runs; a UserError otherwise, and where a run has no predictions or other test images.
 */
export async function compareRuns(
  store: Pick<RunStore, 'run' | 'predictions'>,
  queries: readonly string[],
  options: CompareRunsOptions,
): Promise<CompareDocument> {
  const records = await Promise.all(queries.map(async (query) => finished(await store.run(query))));
  const twice = records.find(({ id }, i) => records.findIndex((other) => other.id === id) !== i);
  if (twice) throw new UserError(`run ${twice.id} was named twice; a run does not differ from itself`);
  if (records.length < 2) throw new UserError('a comparison needs two runs or more');
  return compare(store, records, options);
}

type Finished = ReturnType<typeof finished>;

async function compare(
  store: Pick<RunStore, 'predictions'>,
  runs: readonly Finished[],
  options: CompareRunsOptions,
): Promise<CompareDocument> {
  const rowsOf = (part: PredictedSplit) =>
    Promise.all(
      runs.map(async ({ id, classes }) => ({ id, classes, rows: await store.predictions(id, part) })),
    );
  const rows = { validation: await rowsOf('validation'), test: await rowsOf('test') };
  // Before groups are looked for, which may take minutes.
  const ungrouped = compareRows('test', rows.test, null);
  if ('differs' in ungrouped) {
    const [a, b] = [runs[0]!, runs[ungrouped.differs]!];
    throw new UserError(
      `runs ${a.id} and ${b.id} were tested on different images, so their accuracies cannot be compared: ${ungrouped.how}`,
    );
  }
  const found = await findGroups(runs, options);
  const groupOf = 'missing' in found ? null : found.groupOf;
  const onTest = groupOf ? (compareRows('test', rows.test, groupOf) as PartComparison) : ungrouped;
  const validated = compareRows('validation', rows.validation, groupOf);
  const notes: string[] = [];
  if ('differs' in validated) {
    notes.push(
      `Validation accuracies are not compared: ${runs[0]!.id} and ${runs[validated.differs]!.id} were validated on different images (${validated.how}).`,
    );
  }
  if ('missing' in found) {
    notes.push(
      `Every image counts as independent, because ${found.missing}. Where images share photographs, differences look surer than they are.`,
    );
  }
  const onValidation = 'differs' in validated ? null : validated;
  if (onValidation && !('missing' in found) && found.leakage.validationImagesWithATwinInTraining > 0) {
    notes.push(
      `${shareOf(found.leakage.validationImagesWithATwinInTraining, onValidation.images)} validation images have a twin in training, another image of the same group: a difference there says which run recognises copies better, not new images.`,
    );
  }
  return {
    runs: runs.map(({ id, parameters }, i) => ({
      run: id,
      parameters,
      validation: onValidation?.accuracies[i] ?? null,
      test: onTest.accuracies[i]!,
    })),
    images: { validation: onValidation?.images ?? null, test: onTest.images },
    groups: groupOf && { validation: onValidation?.groups ?? null, test: onTest.groups! },
    comparisons: [...onTest.comparisons, ...(onValidation?.comparisons ?? [])],
    notes,
  };
}

/** The groups of the images, from the first run whose images are still there. */
async function findGroups(
  runs: readonly RunRecord[],
  { cacheDir, listener }: CompareRunsOptions,
): Promise<RunData | { readonly missing: string }> {
  let first: { readonly missing: string } | null = null;
  for (const run of runs) {
    const found = await dataOfRun(run, {
      cacheDir,
      onCheck: (done, total) => listener.count('images checked', done, total),
      onDetect: (phase, done, total) => listener.count(phase, done, total),
    });
    if (!('missing' in found)) return found;
    first ??= found;
  }
  return first!;
}
