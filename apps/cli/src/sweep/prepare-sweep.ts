import { join } from 'node:path';
import type { LeakageRecord } from '@thaw/tracking';
import { fetchProgress } from '../commands/fetch-progress.ts';
import { phaseProgress } from '../progress/phase-progress.ts';
import { thousands } from '@thaw/base';
import { leakageText } from '@thaw/analysis';
import { checkLeakage, type CheckedLeakage, type OpenSweep, preflight, type SweepDataset } from '@thaw/sweep';
import { setWords } from '../remedy-text.ts';
import type { SweepCommandOptions } from './sweep-command-options.ts';

/** From here on looking for copies takes so long that users should know how to leave it out. */
const manyImages = 5000;

/** What the trials of a sweep will need. */
export interface Prepared {
  readonly datasets: readonly SweepDataset[];
  readonly leakage: LeakageRecord[] | null;
  /** The group of each image that was looked at, by the sha256 of its file. */
  readonly groups: Readonly<Record<string, string>>;
}

/** Reads what the trials will need, and says what is known about it before any of them begins. */
export async function prepareSweep(
  { experiment }: Pick<OpenSweep, 'experiment'>,
  { runsDir, leakageCheck }: Pick<SweepCommandOptions, 'runsDir' | 'leakageCheck'>,
): Promise<Prepared> {
  const images = phaseProgress(process.stderr, () => performance.now());
  const weights = fetchProgress('weights', process.stderr);
  let datasets: readonly SweepDataset[];
  let checked: CheckedLeakage;
  let told = false;
  try {
    datasets = await preflight(experiment, { runsDir, onImages: images.update, onWeights: weights.update });
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
  for (const line of leakageText(checked.records, setWords)) process.stderr.write(`${line}\n`);
  return { datasets, leakage: checked.records, groups: checked.groups };
}
