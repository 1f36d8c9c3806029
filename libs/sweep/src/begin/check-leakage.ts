import { findLeakages, hasGroups, mixedLabels, type Leakage } from '@thaw/data';
import type { Settings } from '@thaw/experiment';
import type { LeakageRecord } from '@thaw/tracking';
import type { SweepDataset } from './preflight.ts';

export interface CheckLeakageOptions {
  readonly cacheDir: string;
  /** False leaves out the data sets whose images would have to be looked at. */
  readonly detect: boolean;
  readonly onDetect: (phase: string, done: number, total: number) => void;
}

/** What each image that was looked at shows, by the sha256 of its file: its photograph, and the scene that it shows with others. */
export type LookedAt = Readonly<Record<string, { readonly photograph: string; readonly scene?: string }>>;

export interface CheckedLeakage {
  /** One for each data set; null where none was checked. */
  readonly records: LeakageRecord[] | null;
  readonly groups: LookedAt;
}

/**
 * What validation and test images share with training images in each data set of a sweep. Images are looked at only where no
 * groups are named, once for all data sets, and never again while they are cached.
 */
export async function checkLeakage(
  datasets: readonly SweepDataset[],
  { cacheDir, detect, onDetect }: CheckLeakageOptions,
): Promise<CheckedLeakage> {
  const checked = datasets.filter(({ dataset }) => detect || hasGroups(dataset));
  if (checked.length === 0) return { records: null, groups: {} };
  const distinct = [...new Set(checked.map(({ dataset }) => dataset))];
  const found = await findLeakages(distinct, { cacheDir, onDetect });
  const leakageOf = new Map(distinct.map((dataset, index) => [dataset, found[index]!]));
  const looked = distinct.filter((dataset) => !hasGroups(dataset)).map((dataset) => leakageOf.get(dataset)!);
  return {
    records: checked.map((each) => leakageRecord(each, leakageOf.get(each.dataset)!)),
    groups: Object.fromEntries(
      looked.flatMap(({ images }) =>
        images.map(({ image, photograph, scene }) => [
          image.sha256,
          { photograph, ...(scene !== null && { scene }) },
        ]),
      ),
    ),
  };
}

function leakageRecord({ parameters, settings, dataset }: SweepDataset, leakage: Leakage): LeakageRecord {
  const { origin, unit, images, groups, crossings, sceneCrossings, fraction } = leakage;
  const twins = leakage.validationImagesWithATwinInTraining;
  const labelled = images.map(({ image, photograph }) => ({
    // Two photographs of one scene may well show things of two kinds.
    group: photograph,
    label: dataset.classes[image.label]!,
    name: image.name,
  }));
  return {
    parameters: { ...parameters },
    groups_from: origin,
    unit,
    images: images.length,
    groups,
    validation_images: dataset.validation.length,
    validation_images_with_a_twin_in_training: twins,
    fraction,
    crossings: crossings.map((crossing) => ({ ...crossing })),
    scene_crossings: sceneCrossings.map((crossing) => ({ ...crossing })),
    // A patient may well have cells of several kinds; a photograph under two labels is a mistake.
    mixed_labels:
      origin === 'named'
        ? []
        : mixedLabels(labelled).map(({ group, examples }) => ({
            group,
            examples: examples.map(({ name }) => name),
          })),
    notes: [...dataset.notes],
    remedy: twins > 0 ? remedy(settings, parameters) : null,
  };
}

/** Settings, path=value, that give a split without leakage; a parameter where the experiment varies `split` as a whole. */
function remedy({ dataset, split }: Settings, parameters: SweepDataset['parameters']): string[] {
  if ('split' in parameters) return ['parameters.split.values=[{strategy: grouped, groups: detect}]'];
  const known = split.groups !== undefined || 'source' in dataset;
  return ['split.strategy=grouped', ...(known ? [] : ['split.groups=detect'])];
}
