import { Random } from '@thaw/base';
import type { Engine } from '@thaw/compute';
import { resizingOf } from '@thaw/data';
import type { Settings } from '@thaw/experiment';
import { extractFeatures } from '@thaw/training';
import type { AnalysisListener } from '../listener.ts';
import { chooseScenario, type Choice } from './choose-scenario.ts';
import { measureFeatures, type MeasuredFeatures } from './measure-features.ts';
import { possibleScenarios } from './possible-scenarios.ts';
import type { TrainingImages } from './training-images.ts';

export interface MeasureChoiceOptions {
  /** Of the network whose features are measured, and the seed of the sample. */
  readonly settings: Settings;
  readonly engine: Engine;
  readonly cacheDir: string;
  readonly listener: Pick<AnalysisListener, 'count'>;
  readonly signal: AbortSignal;
}

export interface MeasuredChoice {
  readonly measured: MeasuredFeatures;
  readonly choice: Choice;
}

/** What the rule of thumb says of images, and what it goes by: features of a sample of them, without training. */
export async function measureChoice(
  training: TrainingImages,
  { settings, engine, cacheDir, listener, signal }: MeasureChoiceOptions,
): Promise<MeasuredChoice> {
  const { depthRange } = training;
  const measured = await measureFeatures(training, {
    resizing: resizingOf(settings),
    random: new Random('advise', settings.training.seed),
    extract: (files) =>
      extractFeatures(files, settings, {
        engine,
        cacheDir,
        depthRange,
        onProgress: (done, total) => listener.count('features', done, total),
        signal,
      }),
    onColors: (done, total) => {
      signal.throwIfAborted();
      listener.count('colours', done, total);
    },
  });
  const choice = chooseScenario({
    fewestPhotographs: Math.min(...training.classes.map(({ photographs }) => photographs)),
    pretrained: measured.pretrained.acrossPhotographs,
    colors: measured.colors.acrossPhotographs,
    chance: measured.chance,
    possible: possibleScenarios(settings.model),
  });
  return { measured, choice };
}
