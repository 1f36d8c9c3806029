import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { counted, printedName, UserError, writeFileAtomic } from '@thaw/base';
import { loadExperiment } from '@thaw/experiment';
import { modelProblems } from '@thaw/model';
import { augmentationSheet, augmentedViews } from '@thaw/training';
import { AnalysisProgress } from '../progress/analysis-progress.ts';
import { checkOutputFile } from '../report/output-file.ts';

export interface AugmentOptions {
  readonly config: string;
  readonly set: readonly string[];
  readonly images: number;
  readonly epochs: number;
  readonly runsDir: string;
  /** Null for a file in the folder of runs. */
  readonly output: string | null;
}

/** More than a look can take in, and than one picture should hold. */
const most = 100;

/** Draws training images as they are and as the first epochs show them, into one picture. Returns the exit code. */
export async function runAugment(options: AugmentOptions): Promise<number> {
  const { config, set, images, epochs, runsDir, output } = options;
  for (const [option, value] of Object.entries({ images, epochs })) {
    if (value > most) throw new UserError(`--${option}: found ${value}; allowed: 1 to ${most}`);
  }
  const file = output ?? join(runsDir, 'augmentation.png');
  if (output === null) await mkdir(runsDir, { recursive: true });
  await checkOutputFile(file);
  const { settings } = await loadExperiment(config, { set, checks: ({ model }) => modelProblems(model) });
  const { augmentation } = settings;
  if (augmentation === null) {
    const message = `${config}: augmentation: found false, so that images are shown as they are`;
    throw new UserError(`${message}; allowed here: true, or its settings: --set augmentation=true`);
  }
  const progress = new AnalysisProgress(process.stderr, () => performance.now());
  try {
    const views = await augmentedViews(
      { ...settings, augmentation },
      {
        cacheDir: join(runsDir, 'cache'),
        images,
        epochs,
        onProgress: (done, total) => {
          progress.count('images checked', done, total);
        },
      },
    );
    await writeFileAtomic(file, await augmentationSheet(views, settings.model.image_size));
    progress.close();
    const shown = `${counted(views.length, 'training image')}, each as it is and as ${counted(epochs, 'epoch')} would show it`;
    process.stdout.write(`${shown}: ${printedName(file)}\n`);
    return 0;
  } finally {
    progress.close();
  }
}
