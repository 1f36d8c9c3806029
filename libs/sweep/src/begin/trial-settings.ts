import { isDeepStrictEqual } from 'node:util';
import { applyParameters, type Experiment, type ParameterValues, type Settings } from '@thaw/experiment';
import type { Dataset } from '@thaw/data';

/** Settings with the strategy that made the split of their data set, where they name none: records say what was done. */
export function withStrategy(settings: Settings, { strategy }: Pick<Dataset, 'strategy'>): Settings {
  return settings.split.strategy ? settings : { ...settings, split: { ...settings.split, strategy } };
}

/** The settings of a trial with these parameters; `datasets` are those of its sweep. */
export function trialSettings(
  experiment: Pick<Experiment, 'settings'>,
  parameters: ParameterValues,
  datasets: readonly { readonly settings: Settings; readonly dataset: Pick<Dataset, 'strategy'> }[],
): Settings {
  const settings = applyParameters(experiment, parameters);
  const same = datasets.find((each) => isDeepStrictEqual(each.settings.dataset, settings.dataset));
  return same ? withStrategy(settings, same.dataset) : settings;
}

/** The data set of a trial among those that were read before; undefined where its split was not (a seed that is drawn). */
export function datasetOf<T extends { readonly settings: Settings }>(
  { dataset, split }: Pick<Settings, 'dataset' | 'split'>,
  datasets: readonly T[],
): T | undefined {
  return datasets.find(({ settings }) =>
    isDeepStrictEqual([settings.dataset, settings.split], [dataset, split]),
  );
}
