import { join } from 'node:path';
import type { LeakageRecord, RunStore } from '@thaw/tracking';
import { fetchProgress } from '../commands/fetch-progress.ts';
import { phaseProgress } from '../progress/phase-progress.ts';
import { thousands, UserError } from '@thaw/base';
import type { Experiment } from '@thaw/experiment';
import { leakageText } from '@thaw/analysis';
import {
  checkLeakage,
  type CheckedLeakage,
  dataChanges,
  type OpenSweep,
  preflight,
  type SweepDataset,
} from '@thaw/sweep';
import { setWords } from '../remedy-text.ts';
import type { SweepCommandOptions } from './sweep-command-options.ts';

/** From here on looking for copies takes so long that users should know how to leave it out. */
const manyImages = 5000;

/** What the trials of a sweep will need. */
export interface Prepared {
  readonly datasets: readonly SweepDataset[];
  readonly leakage: LeakageRecord[] | null;
  /** The group of each image that was looked at, by the sha256 of its file. */
  readonly groups: CheckedLeakage['groups'];
  /** How the images differ from those that an earlier sweep began with, in sentences. */
  readonly changes: readonly string[];
}

/**
 * Reads what the trials will need, and says what is known about it before any of them begins. Throws UserError where the images
 * are not those that an earlier sweep began with, unless a new sweep was asked for then.
 */
export async function prepareSweep(
  store: RunStore,
  {
    experiment,
    directory,
    earlier,
  }: Pick<OpenSweep, 'directory' | 'earlier'> & { readonly experiment: Experiment },
  {
    runsDir,
    leakageCheck,
    dataChanged,
  }: Pick<SweepCommandOptions, 'runsDir' | 'leakageCheck' | 'dataChanged'>,
): Promise<Prepared> {
  const images = phaseProgress(process.stderr, () => performance.now());
  const weights = fetchProgress('weights', process.stderr);
  let datasets: readonly SweepDataset[];
  let checked: CheckedLeakage;
  let changes: readonly string[] = [];
  const notes: string[] = [];
  let told = false;
  try {
    const onNote = (note: string) => notes.push(`Weights: ${note}`);
    const onWhat = { onImages: images.update, onWeights: weights.update, onNote };
    datasets = await preflight(experiment, { runsDir, directory, ...onWhat });
    if (earlier) changes = await dataChanges(store, earlier, experiment, datasets);
    if (changes.length > 0 && dataChanged === 'refuse') throw otherData(earlier!.id, changes);
    checked = await checkLeakage(datasets, {
      cacheDir: join(runsDir, 'cache'),
      detect: leakageCheck,
      onDetect: (phase, done, total) => {
        if (!told && total >= manyImages) {
          process.stderr.write(
            `Looking for copies of one photograph among ${thousands(total)} images, once; --leakage-check off leaves it out.\n`,
          );
        }
        told = true;
        images.update(phase, done, total);
      },
    });
  } finally {
    images.close();
    weights.stop();
  }
  const skipped = new Map(
    datasets.flatMap(({ dataset }) => dataset.skipped).map(({ name, reason }) => [name, reason]),
  );
  for (const [name, reason] of skipped) process.stderr.write(`left out: ${name}: ${reason}\n`);
  for (const line of new Set(datasets.flatMap(({ dataset }) => dataset.warnings)))
    process.stderr.write(`Images: ${line}\n`);
  if (checked.records === null) {
    const notes = new Set(datasets.flatMap(({ dataset }) => dataset.notes));
    for (const note of notes) process.stderr.write(`Data: ${note}\n`);
  }
  for (const note of notes) process.stderr.write(`${note}\n`);
  for (const line of leakageText(checked.records, setWords)) process.stderr.write(`${line}\n`);
  return { datasets, leakage: checked.records, groups: checked.groups, changes };
}

function otherData(sweep: string, changes: readonly string[]): UserError {
  const lines = changes.map((change) => `  - ${change}`).join('\n');
  return new UserError(
    `sweep ${sweep} cannot go on: its images are not those that it began with:\n${lines}\nIts table would hold trials of two data sets, and the best would be chosen across them. Put the images back as they were, or begin a new sweep with the same experiment on the images as they are now`,
    { kind: 'conflict', remedy: { do: 'begin anew' } },
  );
}
