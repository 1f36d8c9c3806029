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
  const weights = await usualWeights(model, cacheDir);
  const weightsAtHand = weights === 'bundled' || (await hasImagenetWeights(model, cacheDir));
  const network = { backbone: model.backbone, weights, imageSize: fixedImageSize(model.backbone) };
  const isMeasured = weightsAtHand && survey.look !== null && !isOnnxPath(model.backbone);
  const advised = isMeasured
    ? await adviseScenario(
        { ...survey, look: survey.look },
        { ...work, ...network, engine: await openEngine('auto', listener.note) },
      )
    : null;
  return {
    survey,
    draft: draftExperiment(survey, plan, { advised, ...network }),
    advised,
    weightsAtHand,
    warnings,
  };
}
