import { orderedRecord } from '@thaw/base';
import { byGroup, mixedLabels, type Crossing, type FolderImages, type FolderLeakage } from '@thaw/data';

/** A group of several images as the document gives it. */
export interface GroupDocument {
  readonly group: string;
  readonly images: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** Images by class; what lies outside every class folder is left out. */
  readonly classes: Readonly<Record<string, number>>;
  /** Images by part; empty in class folders. */
  readonly splits: Readonly<Record<string, number>>;
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
  }[];
  readonly crossings: readonly Crossing[];
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
    files: images.map(({ name, split, label, group }) => ({ path: name, split, class: label, group })),
    crossings,
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
      classes: countsOf(members.map(({ label }) => label)),
      splits: countsOf(members.map(({ split }) => split)),
    }));
}

function countsOf(values: readonly (string | null)[]): Record<string, number> {
  // By a map: a class may be called constructor.
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return orderedRecord([...counts]);
}
