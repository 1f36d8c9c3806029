import type { FilesDataset, ModelSettings } from '@thaw/experiment';
import { isOnnxPath } from '@thaw/experiment';
import { fixedImageSize, hasImagenetWeights, usualWeights } from '@thaw/model';
import { openEngine } from '@thaw/training';
import type { LookOptions } from '../leakage/look-into-folder.ts';
import type { AnalysisListener } from '../listener.ts';
import { adviseScenario } from './advise-scenario.ts';
import { choosePlan } from './choose-plan.ts';
import { draftExperiment } from './draft.ts';
import { surveyFolder, type SurveyOptions } from './survey-folder.ts';

export interface DraftFolderOptions
  extends Pick<LookOptions, 'cacheDir' | 'signal'>, Pick<SurveyOptions, 'look'> {
  readonly model: ModelSettings;
  readonly listener: Pick<AnalysisListener, 'count' | 'note'>;
}

/** What a folder of images holds, and an experiment for it; its scenario is measured where the weights are on this machine. */
export async function draftFolder(found: FilesDataset, { model, look, ...work }: DraftFolderOptions) {
  const { cacheDir, listener } = work;
  const survey = await surveyFolder(found, { ...work, look });
  const { plan, warnings } = await choosePlan(survey, work);
  const { backbone } = model;
  const measured = await weightsOf(model, cacheDir);
  const isMeasured = measured.weightsAtHand && survey.look !== null && !isOnnxPath(backbone);
  const advised = isMeasured
    ? await adviseScenario(
        { ...survey, look: survey.look },
        { ...work, ...measured, backbone, engine: await openEngine('auto', listener.note) },
      )
    : null;
  const drafted = draftExperiment(survey, plan, { advised, backbone, imageSize: fixedImageSize(backbone) });
  // What is drafted may be of another size than what was measured, and Keras has weights for each.
  const { weights, weightsAtHand } = await weightsOf({ ...model, image_size: drafted.imageSize }, cacheDir);
  return { survey, draft: { ...drafted, weights }, advised, weightsAtHand, warnings };
}

/** The usual weights of a model, and whether they are on this machine. */
async function weightsOf(model: ModelSettings, cacheDir: string) {
  const weights = await usualWeights(model, cacheDir);
  return { weights, weightsAtHand: weights === 'bundled' || (await hasImagenetWeights(model, cacheDir)) };
}
