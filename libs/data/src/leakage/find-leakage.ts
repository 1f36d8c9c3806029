import type { Dataset, ImageFile } from '../dataset.ts';
import { findCrossings, type Crossing, type Split } from './crossings.ts';
import { asTrained, foldCrossings } from './fold-crossings.ts';
import { hasGroups } from './with-groups.ts';
import { groupId, groupByPhotograph, groupsByScene, type GroupOptions } from './image-groups.ts';
import type { DetectedImages, ImageGroups } from './detected-images.ts';
import { byScene } from './by-scene.ts';

/** An image in its part of a data set. */
export interface GroupedImageFile {
  readonly image: ImageFile;
  readonly split: Split;
  readonly group: string;
  /** The group, or where that is a scene, the photograph in it. */
  readonly photograph: string;
  /** Null where no image of another photograph shows the same, and where nobody has looked. */
  readonly scene: string | null;
}

/** What the parts of a data set share. */
export interface Leakage {
  /** Whether the groups are those that the settings (or the synthetic smear) name, or were found by looking at the images. */
  readonly origin: 'named' | 'detected';
  /** What a group is: as named, copies of one photograph, or photographs of one scene. */
  readonly unit: 'group' | 'photograph' | 'scene';
  /** Train, validation, test, each in the order of the data set. */
  readonly images: readonly GroupedImageFile[];
  /** How many groups there are; an image alone is one. */
  readonly groups: number;
  /** How sure each group is, 0 to 1; 1 for groups of one and for named ones. */
  readonly confidence: ReadonlyMap<string, number>;
  /** With folds, every image that validates trains as well: what it shares with test images is told of training. */
  readonly crossings: readonly Crossing[];
  /** Scenes with images in two parts, counted as `crossings` counts groups: those of one photograph are among them. */
  readonly sceneCrossings: readonly Crossing[];
  readonly validationImagesWithATwinInTraining: number;
  /** The share of the validation images that those are, 0 to 1. */
  readonly fraction: number;
  /** The group of an image of the data set; throws a RangeError for any other. */
  groupOf(image: Pick<ImageFile, 'sha256'>): string;
}

type Parts = Pick<
  Dataset,
  'train' | 'validation' | 'test' | 'folds' | 'groupConfidence' | 'groupUnit' | 'detected'
>;

/**
 * Finds which images of a data set come from one photograph (patient, slide) and which of its parts share one. Where the
 * data set has groups already, those are the truth, and an image without one is alone; otherwise the images are looked at.
 * What was found is kept in `cacheDir` by content.
 */
export async function findLeakage(dataset: Parts, options: GroupOptions): Promise<Leakage> {
  const [leakage] = await findLeakages([dataset], options);
  return leakage!;
}

/** `findLeakage` of several data sets, which looks at an image that is in many of them only once. */
export async function findLeakages(datasets: readonly Parts[], options: GroupOptions): Promise<Leakage[]> {
  const unknown = datasets.filter((dataset) => !hasGroups(dataset)).flatMap(imagesOf);
  const detected = unknown.length > 0 ? await groupByPhotograph(unknown, options) : null;
  return datasets.map((dataset) => {
    if (!hasGroups(dataset)) {
      const unit = dataset.groupUnit ?? 'photograph';
      const found = unit === 'scene' ? groupsByScene(detected!) : detected!;
      return leakageOf(dataset, found, unit, detected);
    }
    return leakageOf(dataset, ownGroups(dataset), dataset.groupUnit ?? 'group', dataset.detected);
  });
}

function imagesOf({ train, validation, test }: Parts): ImageFile[] {
  return [...train, ...validation, ...test];
}

function ownGroups(dataset: Parts): ImageGroups {
  const groups = new Map(imagesOf(dataset).map(({ sha256, group }) => [sha256, group ?? groupId([sha256])]));
  return { groups, confidence: dataset.groupConfidence ?? new Map() };
}

function leakageOf(
  dataset: Parts,
  { groups, confidence }: ImageGroups,
  unit: Leakage['unit'],
  detected: DetectedImages | null,
): Leakage {
  const part = (split: Split) =>
    dataset[split].map((image) => {
      const group = image.group ?? groups.get(image.sha256)!;
      const photograph = detected?.groups.get(image.sha256) ?? group;
      return { image, split, group, photograph, scene: detected?.scenes.get(image.sha256) ?? null };
    });
  const images = [...part('train'), ...part('validation'), ...part('test')];
  const names = new Set(images.map(({ group }) => group));
  const validated = images.filter(({ split }) => split === 'validation');
  const known = dataset.folds ? asTrained(images) : images;
  const crossings = [...foldCrossings(validated, dataset.folds), ...findCrossings(known)];
  const scenes = validated.map(({ scene }) => ({ group: scene }));
  const twins = crossings.find(({ from, to }) => from === 'train' && to === 'validation')?.images_in_to ?? 0;
  return {
    origin: unit === 'group' ? 'named' : 'detected',
    unit,
    images,
    groups: names.size,
    confidence: new Map([...names].map((group) => [group, confidence.get(group) ?? 1])),
    crossings,
    sceneCrossings: [...foldCrossings(scenes, dataset.folds), ...findCrossings(byScene(known))],
    validationImagesWithATwinInTraining: twins,
    fraction: twins === 0 ? 0 : twins / dataset.validation.length,
    groupOf({ sha256 }) {
      const group = groups.get(sha256);
      if (group === undefined) throw new RangeError(`no image of the data set has the sha256 ${sha256}`);
      return group;
    },
  };
}
