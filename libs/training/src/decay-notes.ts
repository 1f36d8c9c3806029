import { show, type Settings } from '@thaw/experiment';
import { buildModel, weightShapes } from '@thaw/model';

/** A sentence on each pattern of `training.weight_decay_exclude` that is found in the name of no weight of any of these trials. */
export function decayNotes(trials: readonly Pick<Settings, 'model' | 'training'>[]): string[] {
  const unfound = new Set(trials.flatMap(({ training }) => training.weight_decay_exclude ?? []));
  let example = '';
  for (const { model } of trials) {
    if (unfound.size === 0) return [];
    // The names of weights do not depend on the number of classes.
    const names = [...weightShapes(buildModel(model, 2).network).keys()];
    example = names[0]!;
    for (const source of unfound) {
      const pattern = new RegExp(source, 'u');
      if (names.some((name) => pattern.test(name))) unfound.delete(source);
    }
  }
  return [...unfound].map(
    (source) =>
      `training.weight_decay_exclude: ${show(source)} is found in the name of no weight; a name is such as ${example}`,
  );
}
