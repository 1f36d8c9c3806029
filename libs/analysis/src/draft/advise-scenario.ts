import type { Engine } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { advisedScenario, reasonSentences, sureness } from '../advise/advice-sentences.ts';
import { measureChoice } from '../advise/measure-choice.ts';
import { trainingImages } from '../advise/training-images.ts';
import type { LookOptions } from '../leakage/look-into-folder.ts';
import type { AdvisedScenario, Draft } from './draft.ts';
import type { Look, Survey } from './survey-folder.ts';

const seed = 42;
/** As many pixels as a head on frozen features gets, so that the sweep finds them computed. */
const imageSize = 224;

export interface AdviseScenarioOptions extends Pick<LookOptions, 'cacheDir' | 'listener' | 'signal'> {
  readonly engine: Engine;
  readonly backbone: Draft['backbone'];
  readonly weights: Draft['weights'];
}

/**
 * The scenario that the rule of thumb of `advise` names for a folder that was looked at, from the features of a sample of its
 * images and without training. Test images are left alone.
 */
export async function adviseScenario(
  { dataset, look }: Pick<Survey, 'dataset'> & { readonly look: Look },
  { engine, backbone, weights, cacheDir, listener, signal }: AdviseScenarioOptions,
): Promise<AdvisedScenario> {
  const settings = settingsSchema.parse({
    dataset,
    model: { backbone, image_size: imageSize, weights },
    training: { seed },
  });
  const training = trainingImages(dataset.path, look, look.leakage.images);
  const { measured, choice } = await measureChoice(training, {
    settings,
    engine,
    cacheDir,
    listener,
    signal,
  });
  const advice = { training, measured, choice, trials: null };
  return {
    scenario: advisedScenario(advice),
    evidence: sureness(advice),
    reasons: reasonSentences(advice),
  };
}
