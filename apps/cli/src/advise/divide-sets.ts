import { UserError } from '@thaw/base';
import type { AdviseOptions } from './advise-options.ts';

/** What an experiment file may say of trials; the rest of the model is said by options, and the scenario is what is tried. */
const ofTrials =
  /^\s*(training\.|augmentation\b|model\.(?!scenario\b|backbone\b|alpha\b|image_size\b|weights\b))/;

/** Settings of trials apart from the others, which are those of the folder. Throws UserError for the former without a budget. */
export function divideSets({ set, budget }: Pick<AdviseOptions, 'set' | 'budget'>) {
  const trials = set.filter((each) => ofTrials.test(each));
  if (trials.length > 0 && budget === null) {
    throw new UserError(`--set ${trials[0]}: settings of trials need --budget, such as --budget 5m`);
  }
  return { trials, dataset: set.filter((each) => !trials.includes(each)) };
}
