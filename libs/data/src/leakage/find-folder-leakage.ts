import { Random } from '@thaw/base';
import type { ImageFile } from '../dataset.ts';
import { splitKeras } from '../splits/keras.ts';
import { findCrossings, type Crossing, type Split, type SplitImage } from './crossings.ts';
import { groupByPhotograph, type GroupOptions } from './image-groups.ts';
import { byScene } from './by-scene.ts';
import type { FolderImage, FolderImages } from './read-folder.ts';

export interface GroupedFolderImage extends FolderImage {
  readonly group: string;
  /** Null where no image of another photograph shows the same. */
  readonly scene: string | null;
}

/** What Keras's `validation_split` would hold out of a folder's training images, as a sweep would split them. */
export interface KerasValidation {
  readonly fraction: number;
  /** Images that are cut off as a test set before, of a folder without one, by the same rule. */
  readonly testImages: number;
  readonly images: number;
  readonly imagesWithATwinInTraining: number;
}

export interface FolderLeakage {
  /** In the order of the folder's images. */
  readonly images: readonly GroupedFolderImage[];
  readonly groups: number;
  /** How sure each group is, 0 to 1, by group; 1 for an image alone. */
  readonly confidence: ReadonlyMap<string, number>;
  readonly crossings: readonly Crossing[];
  /** Scenes with images in two parts, counted as `crossings` counts photographs: those of one photograph are among them. */
  readonly sceneCrossings: readonly Crossing[];
  /** Pairs of images that may be copies, but not surely enough: they are in different groups. The surest first. */
  readonly offered: readonly {
    readonly a: GroupedFolderImage;
    readonly b: GroupedFolderImage;
    readonly confidence: number;
  }[];
  /** Null where the folder brings validation images of its own, has no classes, or none of two images. */
  readonly keras: KerasValidation | null;
}

/** Finds which images of a folder come from one photograph, and which parts share one. */
export async function findFolderLeakage(
  { images }: Pick<FolderImages, 'images'>,
  options: GroupOptions & { readonly validationSplit: number },
): Promise<FolderLeakage> {
  const { groups, confidence, scenes, offered } = await groupByPhotograph(images, options);
  const grouped = images.map((image) => ({
    ...image,
    group: groups.get(image.sha256)!,
    scene: scenes.get(image.sha256) ?? null,
  }));
  const byHash = new Map(grouped.toReversed().map((image) => [image.sha256, image]));
  return {
    images: grouped,
    groups: confidence.size,
    confidence,
    crossings: findCrossings(grouped),
    sceneCrossings: findCrossings(byScene(grouped)),
    offered: offered.map(({ a, b, confidence }) => ({ a: byHash.get(a)!, b: byHash.get(b)!, confidence })),
    keras: kerasValidation(grouped, options.validationSplit),
  };
}

/**
 * The images that Keras would split, as training and validation (and as test, where a folder without a test set has one cut
 * off before, as in a sweep); empty where there is nothing to split.
 */
export function kerasParts(
  images: readonly GroupedFolderImage[],
  fraction: number,
): (GroupedFolderImage & SplitImage)[] {
  if (images.some(({ split }) => split === 'validation')) return [];
  const candidates = images.filter(({ split, label }) => split !== 'test' && label !== null);
  const labels = [...new Set(candidates.map(({ label }) => label!))];
  const classes = labels.map((name, label) => ({
    name,
    files: candidates
      .filter((image) => image.label === name)
      .map((image): ImageFile => ({ ...image, label })),
  }));
  const holdOut = (from: typeof classes) =>
    new Set([...splitKeras(from, fraction, new Random())].map(({ name }) => name));
  const test = images.some(({ split }) => split === 'test') ? new Set<string>() : holdOut(classes);
  const validation = holdOut(
    classes.map(({ name, files }) => ({ name, files: files.filter((file) => !test.has(file.name)) })),
  );
  return candidates.map((image) => ({
    ...image,
    split: test.has(image.name) ? 'test' : validation.has(image.name) ? 'validation' : 'train',
  }));
}

function kerasValidation(images: readonly GroupedFolderImage[], fraction: number): KerasValidation | null {
  const parts = kerasParts(images, fraction);
  const count = (part: Split) => parts.filter(({ split }) => split === part).length;
  const held = count('validation');
  if (held === 0) return null;
  const crossing = findCrossings(parts).find(({ from, to }) => from === 'train' && to === 'validation');
  return {
    fraction,
    testImages: count('test'),
    images: held,
    imagesWithATwinInTraining: crossing?.images_in_to ?? 0,
  };
}
