import {
  pathsOf,
  readExperiment,
  withPaths,
  type Experiment,
  type Problem,
  type Settings,
} from '@thaw/experiment';
import { classWeightProblem } from '@thaw/training';

interface Classified {
  readonly settings: Settings;
  readonly dataset: { readonly classes: readonly string[] };
}

/**
 * Throws UserError, with the file's line, where a trial gives a weight to a class that its images do not have: which classes there
 * are is known only once they are read.
 */
export function checkClassWeights(
  experiment: Experiment,
  datasets: readonly Classified[],
  directory: string,
): void {
  const { text, file, set, settings, parameters } = experiment;
  const names = (path: string) => path.startsWith('training.class_weight');
  if (settings.training.class_weight === undefined && !Object.keys(parameters).some(names)) return;
  const keyOf = (trial: Settings) => JSON.stringify(withPaths(trial, pathsOf(trial, directory)).dataset);
  const classes = new Map(datasets.map((each) => [keyOf(each.settings), each.dataset.classes]));
  const checks = (trial: Settings): Problem[] => {
    const problem = classWeightProblem(trial.training.class_weight, classes.get(keyOf(trial)) ?? []);
    if (problem === null || !classes.has(keyOf(trial))) return [];
    return [{ path: ['training', 'class_weight', problem.name], message: problem.message }];
  };
  readExperiment(text, file, { set, checks, directory });
}
