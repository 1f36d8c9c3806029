import { join, resolve } from 'node:path';
import { UserError, writeFileAtomic } from '@thaw/base';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { folderSettings } from '../leakage/folder-settings.ts';
import { settingsSchema, type Settings } from '@thaw/experiment';
import { backboneOf, loadBackboneWeights, modelProblems, usualWeights } from '@thaw/model';
import { openEngine } from '@thaw/training';
import { fetchProgress } from '../commands/fetch-progress.ts';
import {
  adviceDocument,
  Budget,
  drawCurve,
  measureScenarios,
  type MeasuredScenarios,
  lookIntoFolder,
  measureChoice,
  trainingImages,
} from '@thaw/analysis';
import { AnalysisProgress } from '../progress/analysis-progress.ts';
import { tellSkipped } from '../report/tell-skipped.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { stoppedNotice, untilStopped } from '../until-stopped.ts';
import type { AdviseOptions } from './advise-options.ts';
import { adviceReport } from './advice-report.ts';
import { divideSets, trialSettings } from './trial-settings.ts';

const seed = 42;
const clock = () => performance.now();

/**
 * Suggests one of the four scenarios for a folder of images: text on standard output, and a document. Returns the exit code: 0,
 * or that of the signal which stopped it; what was computed until then is kept.
 */
export async function runAdvise(options: AdviseOptions): Promise<number> {
  const { output, figure, budget } = options;
  if (figure !== null && budget === null) {
    throw new UserError('--figure draws what short trials show: it needs --budget, such as --budget 5m');
  }
  for (const file of [output, figure]) if (file !== null) await checkOutputFile(file);
  const progress = new AnalysisProgress(process.stderr, clock);
  try {
    return await untilStopped(
      (signal) => advise(options, progress, signal),
      () => {
        progress.note(stoppedNotice);
      },
    );
  } finally {
    progress.close();
  }
}

async function advise(
  options: AdviseOptions,
  progress: AnalysisProgress,
  stopped: AbortSignal,
): Promise<void> {
  const { data, runsDir, output, figure } = options;
  const begun = clock();
  const budget = options.budget === null ? null : new Budget(options.budget, clock);
  const cacheDir = join(runsDir, 'cache');
  const sets = divideSets(options);
  const settings = await featureSettings(options, cacheDir);
  const images = await folderSettings({ ...options, set: sets.dataset });
  const ofTrials = budget && trialSettings(settings, images, sets.trials);
  const weights = await loadWeights(settings, cacheDir);
  const engine = await openEngine(options.engine, progress.note);
  const looking = budget ? budget.signal(0) : null;
  const signal = looking ? AbortSignal.any([looking, stopped]) : stopped;
  const look = async () => {
    const { folder, leakage } = await lookIntoFolder(images, {
      cacheDir,
      listener: progress,
      signal,
      withoutTest: true,
    });
    const training = trainingImages(resolve(data), folder.layout, leakage.images);
    const found = await measureChoice(training, { settings, engine, cacheDir, listener: progress, signal });
    return { folder, training, ...found };
  };
  const { folder, training, measured, choice } = await look().catch((error: unknown) => {
    stopped.throwIfAborted();
    if (!looking?.aborted) throw error;
    throw new UserError(
      `--budget: ${options.budget} s were not enough to look at all images; what was found is kept, so the same command gets further next time. Allow more time, or use fewer images: --set dataset.limit_per_class=200`,
    );
  });
  const trials =
    budget && ofTrials
      ? await measureScenarios(training, ofTrials, {
          ...{ budget, engine, cacheDir, signal: stopped, clock },
          onProgress: (what, done, total) => {
            progress.count(what, done, total);
          },
          note: progress.note,
        })
      : null;
  progress.close();
  const advice = {
    folder: resolve(data),
    layout: folder.layout,
    training,
    backbone: options.backbone,
    weights,
    alpha: backboneOf(settings.model).imagenet.alphas ? options.alpha : null,
    imageSize: options.imageSize,
    measured,
    choice,
    trials,
    seconds: (clock() - begun) / 1000,
  };
  tellSkipped(folder);
  if (output !== null) await writeDocument(output, adviceDocument(advice));
  if (figure !== null) await writeFigure(figure, trials);
  process.stdout.write(`${adviceReport(advice, terminalWidth(process.stdout))}\n`);
}

async function writeFigure(file: string, trials: MeasuredScenarios | null): Promise<void> {
  if (!trials || 'missing' in trials.curve) {
    process.stderr.write(`--figure: ${file} is not written, as there is no curve to draw\n`);
    return;
  }
  await writeFileAtomic(file, await drawCurve(trials.curve));
}

/**
 * Settings of a feature_extraction trial with these weights. Without `--weights` they are ImageNet's where those are on this
 * machine or nothing else fits the alpha, else the bundled ones.
 */
async function featureSettings(
  { backbone, alpha, imageSize, weights }: AdviseOptions,
  cacheDir: string,
): Promise<Settings> {
  const parsed = settingsSchema.safeParse({
    model: { backbone, alpha, image_size: imageSize, ...(weights === null ? {} : { weights }) },
    training: { seed },
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(`${optionOf(issue!.path.at(-1))}: ${issue!.message}`);
  }
  const settings = parsed.data;
  const [problem] = modelProblems(settings.model);
  if (problem) throw new UserError(`${optionOf(problem.path.at(-1))}: ${problem.message}`);
  if (weights !== null) return settings;
  return { ...settings, model: { ...settings.model, weights: await usualWeights(settings.model, cacheDir) } };
}

function optionOf(key: PropertyKey | undefined): string {
  return `--${String(key).replaceAll('_', '-')}`;
}

/** Reads, or downloads, the weights before the long work begins; where they come from, in words. */
async function loadWeights({ model, training }: Settings, cacheDir: string): Promise<string> {
  const progress = fetchProgress('weights', process.stderr);
  try {
    const network = backboneOf(model).network({ alpha: model.alpha, imageSize: model.image_size });
    const options = { cacheDir, seed: training.seed, onProgress: progress.update };
    return (await loadBackboneWeights(model, network, options)).origin;
  } finally {
    progress.stop();
  }
}
