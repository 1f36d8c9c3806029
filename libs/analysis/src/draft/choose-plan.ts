import { UserError } from '@thaw/base';
import { loadDataset } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import type { LookOptions } from '../leakage/look-into-folder.ts';
import { splitPlans, type Draft } from './draft.ts';
import type { Survey } from './survey-folder.ts';

/** How validation images are chosen, and what a sweep would say of the images then, in sentences. */
export interface ChosenPlan {
  readonly plan: Draft['split'];
  readonly warnings: readonly string[];
}

/**
 * The first of `splitPlans` that the images allow, as a sweep would find out; throws what a sweep would say of the last where none
 * can be had, as for a class with a single photograph. Without a look, which opens no image, it is the first.
 */
export async function choosePlan(
  survey: Survey,
  { cacheDir, listener, signal }: LookOptions,
): Promise<ChosenPlan> {
  const plans = splitPlans(survey);
  const options = {
    cacheDir,
    signal,
    onProgress: (done: number, total: number) => listener.count('images checked', done, total),
    onDetect: (phase: string, done: number, total: number) => listener.count(phase, done, total),
  };
  if (survey.look === null) return { plan: plans.at(-1)!, warnings: [] };
  let refused: unknown;
  for (const plan of plans) {
    const { dataset, split } = settingsSchema.parse({
      dataset: { ...survey.dataset, on_bad_image: 'skip' },
      split: plan,
    });
    try {
      const { warnings } = await loadDataset({ dataset, split }, options);
      return { plan, warnings };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused = error;
    }
  }
  throw refused;
}
