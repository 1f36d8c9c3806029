import { resolve } from 'node:path';
import { UserError } from '@thaw/base';
import type { FolderImages, FolderSettings } from '@thaw/data';
import type { Settings } from '@thaw/experiment';
import { backboneOf, loadBackboneWeights } from '@thaw/model';
import { openEngine } from '@thaw/training';
import { lookIntoFolder } from '../leakage/look-into-folder.ts';
import type { AnalysisListener } from '../listener.ts';
import type { Advice } from './advice.ts';
import { asRead } from './as-read.ts';
import { measureChoice } from './measure-choice.ts';
import { trainingImages } from './training-images.ts';
import { Budget } from './trials/budget.ts';
import { measureScenarios } from './trials/measure-scenarios.ts';

export interface AdviseOptions {
  readonly images: FolderSettings;
  /** Of a feature_extraction trial: the network whose features are measured, and the seed. How images are read is said by `images`. */
  readonly settings: Settings;
  /** Trials of each scenario, all in so many seconds; null for advice by features alone. */
  readonly trials: { readonly settings: Settings; readonly seconds: number } | null;
  readonly engine: string;
  readonly cacheDir: string;
  readonly listener: Pick<AnalysisListener, 'count' | 'note'>;
  /** Told how much of the weights has come, should they be downloaded, and when nothing more will. */
  readonly weights: {
    readonly update: (doneBytes: number, totalBytes: number | null) => void;
    readonly stop: () => void;
  };
  readonly signal: AbortSignal;
  /** In milliseconds. */
  readonly clock: () => number;
}

/**
 * Suggests one of the four scenarios for a folder of images, and what was read of the folder. Test images are left alone; what was
 * computed is kept for the next time. A UserError where the images do not suffice, or the time for a look at them.
 */
export async function advise(options: AdviseOptions): Promise<{ advice: Advice; folder: FolderImages }> {
  const { images, trials, cacheDir, listener, clock, signal: stopped } = options;
  const begun = clock();
  const budget = trials && new Budget(trials.seconds, clock);
  const settings = asRead(options.settings, images);
  const { model } = settings;
  const network = backboneOf(model).network({ alpha: model.alpha, imageSize: model.image_size });
  const weights = await loadBackboneWeights(model, network, {
    ...{ cacheDir, seed: settings.training.seed, onProgress: options.weights.update },
  }).finally(options.weights.stop);
  const engine = await openEngine(options.engine, listener.note);
  const looking = budget?.signal(0) ?? null;
  const signal = looking ? AbortSignal.any([looking, stopped]) : stopped;
  const look = async () => {
    const { folder, leakage } = await lookIntoFolder(images, {
      ...{ cacheDir, listener, signal },
      withoutTest: true,
    });
    const training = trainingImages(resolve(images.path), folder, leakage.images);
    const found = await measureChoice(training, { settings, engine, cacheDir, listener, signal });
    return { folder, training, ...found };
  };
  const { folder, training, measured, choice } = await look().catch((error: unknown) => {
    stopped.throwIfAborted();
    if (!looking?.aborted) throw error;
    throw new UserError(
      `${budget!.seconds} s were not enough to look at all images; what was found is kept, so the same gets further next time. Allow more time, or use fewer images (dataset.limit_per_class)`,
    );
  });
  const tried =
    trials &&
    (await measureScenarios(training, asRead(trials.settings, images), {
      ...{ budget: budget!, engine, cacheDir, signal: stopped, clock },
      onProgress: (what, done, total) => {
        listener.count(what, done, total);
      },
      note: listener.note,
    }));
  const advice = {
    folder: resolve(images.path),
    layout: folder.layout,
    training,
    backbone: model.backbone,
    weights: weights.origin,
    alpha: backboneOf(model).imagenet?.alphas ? model.alpha : null,
    imageSize: model.image_size,
    measured,
    choice,
    trials: tried,
    seconds: (clock() - begun) / 1000,
  };
  return { advice, folder };
}
