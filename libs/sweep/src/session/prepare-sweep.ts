import { join } from 'node:path';
import { UserError, type Note } from '@thaw/base';
import type { Experiment } from '@thaw/experiment';
import type { LeakageRecord, RunStore } from '@thaw/tracking';
import { checkLeakage, type CheckedLeakage } from '../begin/check-leakage.ts';
import { asBegun, dataChanges } from '../begin/data-changes.ts';
import type { OpenSweep } from '../begin/open-sweep.ts';
import { preflight, type SweepDataset } from '../begin/preflight.ts';
import { weightsChanges, type SweepWeights } from '../begin/sweep-weights.ts';

/** What the trials of a sweep will need. */
export interface Prepared {
  readonly datasets: readonly SweepDataset[];
  /** What backbones start from, where that is not drawn. */
  readonly weights: readonly SweepWeights[];
  readonly leakage: LeakageRecord[] | null;
  /** The group of each image that was looked at, by the sha256 of its file. */
  readonly groups: CheckedLeakage['groups'];
  /** How images and weights differ from those that an earlier sweep began with, in sentences. */
  readonly changes: readonly string[];
}

/** Who hears of the work before the first trial. */
export interface PreparationListener {
  /** How many of something are done; another `phase` begins a new count. */
  readonly count: (phase: string, done: number, total: number) => void;
  /** How much of the weights was downloaded. */
  readonly weights: (doneBytes: number, totalBytes: number | null) => void;
  /** So many images are looked at for copies of one photograph, once. */
  readonly looking: (images: number) => void;
  readonly note: Note;
  /** What validation and test images share with training images; null where nobody looked. */
  readonly leakage: (records: readonly LeakageRecord[] | null) => void;
}

export interface PrepareOptions {
  readonly runsDir: string;
  /** Look at the images for copies of one photograph where no groups are named. */
  readonly leakageCheck: boolean;
  /** What becomes of a sweep that goes on where its images or weights have changed since. */
  readonly dataChanged: 'refuse' | 'new-sweep';
}

/**
 * Reads what the trials will need, and says what is known about it before any of them begins. Throws UserError where the images or
 * weights are not those that an earlier sweep began with, unless a new sweep was asked for then.
 */
export async function prepareSweep(
  store: RunStore,
  { directory, earlier, experiment }: Pick<OpenSweep, 'directory' | 'earlier'> & { experiment: Experiment },
  { runsDir, leakageCheck, dataChanged }: PrepareOptions,
  listener: PreparationListener,
): Promise<Prepared> {
  const ofTrials: string[] = [];
  const read = await preflight(experiment, {
    ...{ runsDir, directory, onImages: listener.count, onWeights: listener.weights },
    onNote: (note) => ofTrials.push(note),
  });
  const { weights } = read;
  const datasets = earlier ? await asBegun(store, earlier, read.datasets) : read.datasets;
  const changes = earlier
    ? [
        ...(await dataChanges(store, earlier, experiment, datasets)),
        ...(await weightsChanges(store, earlier.trials, experiment, weights)),
      ]
    : [];
  if (changes.length > 0 && dataChanged === 'refuse') throw otherData(earlier!.id, changes);
  let told = false;
  const { records, groups } = await checkLeakage(datasets, {
    cacheDir: join(runsDir, 'cache'),
    detect: leakageCheck,
    onDetect: (phase, done, total) => {
      if (!told) listener.looking(total);
      told = true;
      listener.count(phase, done, total);
    },
  });
  for (const note of [...notesOf(datasets, records), ...ofTrials]) listener.note(note);
  listener.leakage(records);
  return { datasets, weights, leakage: records, groups, changes };
}

/** What is to know of the images, each sentence once. */
function notesOf(datasets: readonly SweepDataset[], records: CheckedLeakage['records']): string[] {
  const all = datasets.map(({ dataset }) => dataset);
  const skipped = new Map(all.flatMap((each) => each.skipped).map(({ name, reason }) => [name, reason]));
  return [
    ...[...skipped].map(([name, reason]) => `left out: ${name}: ${reason}`),
    ...[...new Set(all.flatMap(({ warnings }) => warnings))].map((line) => `Images: ${line}`),
    // What was looked at is said with what was found.
    ...(records === null
      ? [...new Set(all.flatMap(({ notes }) => notes))].map((note) => `Data: ${note}`)
      : []),
  ];
}

function otherData(sweep: string, changes: readonly string[]): UserError {
  const lines = changes.map((change) => `  - ${change}`).join('\n');
  return new UserError(
    `sweep ${sweep} cannot go on: what it trains with is not what it began with:\n${lines}\nIts table would hold trials that cannot be compared, and the best would be chosen across them. Put back what has changed, or begin a new sweep with the same experiment on what is there now`,
    { kind: 'conflict', remedy: { do: 'begin anew' } },
  );
}
