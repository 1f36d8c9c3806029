import { join } from 'node:path';
import { UserError } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import { accuracyInterval, compareRuns as compareAccuracies, type Estimate } from '@thaw/metrics';
import { openStore, type RunRecord, type Store } from '@thaw/tracking';
import { checkOutputFile, writeDocument } from '../commands/output-file.ts';
import { finished } from '../gap/choose-run.ts';
import { dataOfRun, type RunData } from '../gap/data-of-run.ts';
import { GapProgress } from '../gap/gap-progress.ts';
import { comparisonText } from '../report/comparison-text.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { asPredictions } from './as-predictions.ts';
import { imagesDiffer, inOrderOf } from './same-images.ts';

export interface CompareRunsOptions {
  readonly runsDir: string;
  /** Ids, beginnings of them or `latest`; at least two different runs. */
  readonly runs: readonly string[];
  readonly output: string | null;
}

/** One pair of runs on one part. */
export interface ComparisonDocument {
  readonly part: 'validation' | 'test';
  readonly a: string;
  readonly b: string;
  /** Accuracy of a minus accuracy of b. */
  readonly difference: number;
  readonly ci95: readonly [number, number] | null;
  readonly test: string;
  readonly p: number;
  /** After Holm's correction for all pairs on this part. */
  readonly p_corrected: number;
  /** Whether p_corrected is below 0.05. */
  readonly real: boolean;
}

/** The document of `runs compare --output`. */
export interface CompareDocument {
  readonly runs: readonly {
    readonly run: string;
    readonly parameters: Record<string, unknown>;
    /** Null where the validation images of the runs differ. */
    readonly validation: Estimate | null;
    readonly test: Estimate;
  }[];
  readonly images: { readonly validation: number | null; readonly test: number };
  /** Independent ones; null where no groups are known, and then every image counts as independent. */
  readonly groups: { readonly validation: number | null; readonly test: number } | null;
  readonly comparisons: readonly ComparisonDocument[];
  readonly notes: readonly string[];
}

/** Says of every pair of runs whether the difference of their accuracies is real, and prints it. */
export async function compareRuns({ runsDir, runs, output }: CompareRunsOptions): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const store = openStore(runsDir);
  const records = await Promise.all(runs.map(async (query) => finished(await store.run(query))));
  const twice = records.find(({ id }, i) => records.findIndex((other) => other.id === id) !== i);
  if (twice) throw new UserError(`run ${twice.id} was named twice; a run does not differ from itself`);
  if (records.length < 2) throw new UserError('runs compare needs two runs or more');
  const progress = new GapProgress(process.stderr, () => performance.now());
  try {
    const document = await compare(store, records, join(runsDir, 'cache'), progress);
    if (output !== null) await writeDocument(output, document);
    progress.close();
    process.stdout.write(`${comparisonText(document, terminalWidth(process.stdout))}\n`);
  } finally {
    progress.close();
  }
}

type Finished = ReturnType<typeof finished>;

async function compare(
  store: Pick<Store, 'predictions'>,
  runs: readonly Finished[],
  cacheDir: string,
  progress: GapProgress,
): Promise<CompareDocument> {
  const rows = await Promise.all(
    runs.map(async ({ id }) => ({
      validation: await store.predictions(id, 'validation'),
      test: await store.predictions(id, 'test'),
    })),
  );
  const test = aligned(rows.map((each) => each.test));
  if ('differs' in test) {
    const [a, b] = [runs[0]!, runs[test.differs]!];
    throw new UserError(
      `runs ${a.id} and ${b.id} were tested on different images, so their accuracies cannot be compared: ${test.how}`,
    );
  }
  const validation = aligned(rows.map((each) => each.validation));
  const notes: string[] = [];
  if ('differs' in validation) {
    notes.push(
      `Validation accuracies are not compared: ${runs[0]!.id} and ${runs[validation.differs]!.id} were validated on different images (${validation.how}).`,
    );
  }
  const found = await findGroups(runs, cacheDir, progress);
  if ('missing' in found) {
    notes.push(
      `Every image counts as independent, because ${found.missing}. Where images share photographs, differences look surer than they are.`,
    );
  }
  const groupOf = 'missing' in found ? null : found.groupOf;
  const onTest = comparePart('test', runs, test.rows, groupOf);
  const onValidation =
    'differs' in validation ? null : comparePart('validation', runs, validation.rows, groupOf);
  return {
    runs: runs.map(({ id, parameters }, i) => ({
      run: id,
      parameters,
      validation: onValidation?.accuracies[i] ?? null,
      test: onTest.accuracies[i]!,
    })),
    images: { validation: onValidation?.images ?? null, test: onTest.images },
    groups: groupOf && { validation: onValidation?.groups ?? null, test: onTest.groups },
    comparisons: [...onTest.comparisons, ...(onValidation?.comparisons ?? [])],
    notes,
  };
}

/** Every run's rows in the order of the first run's, or the first run (by index) that is about other images. */
function aligned(
  all: readonly PredictionRow[][],
): { readonly rows: PredictionRow[][] } | { readonly differs: number; readonly how: string } {
  const rows: PredictionRow[][] = [];
  for (const [index, each] of all.entries()) {
    const ordered = inOrderOf(all[0]!, each);
    if (!ordered) return { differs: index, how: imagesDiffer(all[0]!, each) };
    rows.push(ordered);
  }
  return { rows };
}

/** The groups of the images, from the first run whose images are still there. */
async function findGroups(
  runs: readonly RunRecord[],
  cacheDir: string,
  progress: GapProgress,
): Promise<RunData | { readonly missing: string }> {
  let first: { readonly missing: string } | null = null;
  for (const run of runs) {
    const found = await dataOfRun(run, {
      cacheDir,
      onCheck: (done, total) => progress.count('images checked', done, total),
      onDetect: (phase, done, total) => progress.count(phase, done, total),
    });
    if (!('missing' in found)) return found;
    first ??= found;
  }
  return first!;
}

function comparePart(
  part: 'validation' | 'test',
  runs: readonly Finished[],
  rows: readonly PredictionRow[][],
  groupOf: ((file: string) => string) | null,
) {
  const predictions = runs.map((run, i) => asPredictions(rows[i]!, run.classes, groupOf));
  const comparisons = compareAccuracies(
    runs.map(({ id }, i) => ({ id, predictions: predictions[i]! })),
  ).map(({ a, b, difference, ci95, test, p, pCorrected }): ComparisonDocument => ({
    part,
    a,
    b,
    difference,
    ci95,
    test,
    p,
    p_corrected: pCorrected,
    real: pCorrected < 0.05,
  }));
  return {
    comparisons,
    accuracies: predictions.map(accuracyInterval),
    images: rows[0]!.length,
    groups: groupOf ? new Set(predictions[0]!.groups).size : 0,
  };
}
