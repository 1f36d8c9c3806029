import { orderedRecord } from '@thaw/base';
import {
  byGroup,
  byScene,
  dominantGroups,
  mixedLabels,
  type Crossing,
  type DominantGroup,
  type FolderImages,
  type FolderLeakage,
} from '@thaw/data';

/** Where the images of a group or scene are. */
interface Places {
  /** Images by class; what lies outside every class folder is left out. */
  readonly classes: Readonly<Record<string, number>>;
  /** Images by part; empty in class folders. */
  readonly splits: Readonly<Record<string, number>>;
}

/** A group of several images as the document gives it. */
export interface GroupDocument extends Places {
  readonly group: string;
  readonly images: number;
  /** 0 to 1. */
  readonly confidence: number;
}

/** A scene as the document gives it. */
export interface SceneDocument extends Places {
  readonly scene: string;
  readonly images: number;
  /** Groups in it. */
  readonly photographs: number;
}

/** A group that holds much of a class. */
export interface DominantGroupDocument {
  readonly group: string;
  readonly class: string;
  /** Images of the class in it, and all that there are to divide. */
  readonly images: number;
  readonly of: number;
  /** The first of them. */
  readonly files: readonly string[];
}

/** The document of `leakage --output`; accuracies and shares are fractions. */
export interface LeakageDocument {
  readonly images: number;
  readonly groups: number;
  readonly seconds: number;
  readonly layout: FolderImages['layout'];
  /** `path` is relative to the folder. */
  readonly files: readonly {
    readonly path: string;
    readonly split: string | null;
    readonly class: string | null;
    readonly group: string;
    /** Null where no image of another photograph shows the same. */
    readonly scene: string | null;
  }[];
  readonly crossings: readonly Crossing[];
  /** Counts scenes as `crossings` counts groups, photographs that cross within a scene among them. */
  readonly scene_crossings: readonly Crossing[];
  /** Pairs of files that may be copies, but not surely enough to be in one group; the surest first. */
  readonly offered: readonly { readonly a: string; readonly b: string; readonly confidence: number }[];
  /** Several photographs that show one scene, the most images first. */
  readonly scenes: readonly SceneDocument[];
  /** Groups that hold more than half of a class, which a grouped split can hardly divide; those of a split by scenes as well. */
  readonly dominant_groups: readonly DominantGroupDocument[];
  readonly dominant_scenes: readonly DominantGroupDocument[];
  /** What Keras's validation_split would hold out; null where there is nothing that it could split. */
  readonly keras_validation_split: {
    readonly fraction: number;
    /** Images cut off as a test set before, as a sweep does for a folder without one. */
    readonly test_images: number;
    readonly validation_images: number;
    readonly validation_images_with_a_twin_in_training: number;
  } | null;
  /** Largest first. */
  readonly groups_of_several: readonly GroupDocument[];
  /** Groups of `groups_of_several` whose images have several classes. */
  readonly mixed_labels: readonly string[];
  /** The folder of the contact sheets; null where no image has a twin. */
  readonly pictures: string | null;
  readonly skipped: FolderImages['skipped'];
  /** How the folder was read, and what a sweep would refuse about it, in sentences. */
  readonly notes: FolderImages['notes'];
}

/** What the leakage command found, as scripts read it. */
export function leakageDocument(
  { layout, skipped, notes }: Pick<FolderImages, 'layout' | 'skipped' | 'notes'>,
  leakage: FolderLeakage,
  { seconds, pictures }: { seconds: number; pictures: string | null },
): LeakageDocument {
  const { images, groups, crossings, keras } = leakage;
  return {
    images: images.length,
    groups,
    seconds,
    layout,
    files: images.map(({ name, split, label, group, scene }) => {
      return { path: name, split, class: label, group, scene };
    }),
    crossings,
    scene_crossings: leakage.sceneCrossings,
    offered: leakage.offered.map(({ a, b, confidence }) => ({ a: a.name, b: b.name, confidence })),
    scenes: scenesOf(leakage),
    dominant_groups: dominantGroups(images).map(dominantDocument),
    dominant_scenes: dominantScenes(images).map(dominantDocument),
    keras_validation_split: keras && {
      fraction: keras.fraction,
      test_images: keras.testImages,
      validation_images: keras.images,
      validation_images_with_a_twin_in_training: keras.imagesWithATwinInTraining,
    },
    groups_of_several: groupsOfSeveral(leakage),
    mixed_labels: mixedLabels(images.filter(({ label }) => label !== null)).map(({ group }) => group),
    pictures,
    skipped,
    notes,
  };
}

/** Every group of more than one image, largest first. */
export function groupsOfSeveral({
  images,
  confidence,
}: Pick<FolderLeakage, 'images' | 'confidence'>): GroupDocument[] {
  return byGroup(images)
    .filter(([, members]) => members.length > 1)
    .map(([group, members]) => ({
      group,
      images: members.length,
      confidence: confidence.get(group)!,
      ...placesOf(members),
    }));
}

/** Every scene, the most images first. */
export function scenesOf({ images }: Pick<FolderLeakage, 'images'>): SceneDocument[] {
  return byGroup(byScene(images)).map(([scene, members]) => ({
    scene,
    images: members.length,
    photographs: new Set(members.map(({ photograph }) => photograph)).size,
    ...placesOf(members),
  }));
}

/** The images in the groups of a split by scenes: photographs that share none are groups of their own. */
export function groupedByScene<T extends { readonly group: string; readonly scene: string | null }>(
  images: readonly T[],
): T[] {
  return images.map((image) => ({ ...image, group: image.scene ?? image.group }));
}

/** The scenes that hold more than half of a class. */
export function dominantScenes<T extends FolderLeakage['images'][number]>(
  images: readonly T[],
): DominantGroup<T>[] {
  return dominantGroups(groupedByScene(images)).filter(({ images: own }) => own[0]!.scene !== null);
}

const filesNamed = 5;

function dominantDocument({
  label,
  group,
  images,
  of,
}: DominantGroup<{ readonly name: string }>): DominantGroupDocument {
  const files = images.slice(0, filesNamed).map(({ name }) => name);
  return { group, class: label, images: images.length, of, files };
}

function placesOf(images: FolderLeakage['images']): Places {
  return {
    classes: countsOf(images.map(({ label }) => label)),
    splits: countsOf(images.map(({ split }) => split)),
  };
}

function countsOf(values: readonly (string | null)[]): Record<string, number> {
  // By a map: a class may be called constructor.
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return orderedRecord([...counts]);
}
