import { UserError } from '@thaw/base';
import type { AdviseOptions } from './advise-options.ts';

/** How an ONNX file takes its images, which is the same in trials. */
const ofNetwork = /^\s*model\.input\b/;
/** What an experiment file may say of trials; the rest of the model is said by options, and the scenario is what is tried. */
const ofTrials =
  /^\s*(training\.|augmentation\b|model\.(?!input\b|scenario\b|backbone\b|alpha\b|image_size\b|weights\b))/;

/** Settings of the network and of trials apart from those of the folder. Throws UserError for trials without a budget. */
export function divideSets({ set, budget }: Pick<AdviseOptions, 'set' | 'budget'>) {
  const network = set.filter((each) => ofNetwork.test(each));
  const trials = set.filter((each) => ofTrials.test(each));
  if (trials.length > 0 && budget === null) {
    throw new UserError(`--set ${trials[0]}: settings of trials need --budget, such as --budget 5m`);
  }
  return { network, trials, dataset: set.filter((each) => ![...network, ...trials].includes(each)) };
}
