import { printedName, UserError } from '@thaw/base';
import { byCodePoint, byGroup, type FolderImages, type GroupedFolderImage, type ImageFile } from '@thaw/data';

export interface ClassCount {
  readonly class: string;
  readonly images: number;
  /** Independent ones: images of one photograph count once. */
  readonly photographs: number;
}

export interface TrainingImages {
  /** In the order of their class folders' names; `group` is the photograph. */
  readonly images: readonly (ImageFile & { readonly group: string })[];
  readonly classes: readonly ClassCount[];
  readonly photographs: number;
  /** Images outside every class folder, which are not counted above. */
  readonly unlabelled: number;
  /** What values of more than eight bits are scaled by; null for those of Pillow. */
  readonly depthRange: FolderImages['depthRange'];
}

const places: Record<FolderImages['layout'], string> = {
  'train-test-folders': 'in TRAIN/<class>/*',
  'class-folders': 'in <class>/*',
  csv: 'in a table',
};

/**
 * The images that a network would learn from: all but those of TEST, by class and photograph. Throws a UserError where they
 * do not suffice for advice: fewer than two classes, or a class with a single photograph, of which none could be held out.
 */
export function trainingImages(
  folder: string,
  { layout, depthRange }: Pick<FolderImages, 'layout' | 'depthRange'>,
  all: readonly GroupedFolderImage[],
): TrainingImages {
  const candidates = all.filter(({ split }) => split !== 'test');
  const labelled = candidates.filter(({ label }) => label !== null);
  const names = [...new Set(labelled.map(({ label }) => label!))].sort(byCodePoint);
  if (names.length < 2) {
    const found = names.length === 0 ? 'no class' : `one class only, ${names[0]}`;
    throw new UserError(
      `${folder} has ${found}; advice needs images of two classes or more, ${places[layout]}, read as ${layout}`,
      { remedy: { do: 'choose', what: 'layout of images' } },
    );
  }
  const classes = names.map((name) => {
    const own = labelled.filter(({ label }) => label === name);
    return { class: name, images: own.length, photographs: byGroup(own).length };
  });
  const single = classes.filter(({ photographs }) => photographs < 2);
  if (single.length > 0) {
    const found = single.map(
      (each) => `${printedName(each.class)} (${each.images} ${each.images === 1 ? 'image' : 'images'})`,
    );
    throw new UserError(
      `${folder} has too few images for advice: a single photograph of ${found.join(', ')}; every class needs two or more, one to learn from and one to try`,
    );
  }
  return {
    images: labelled.map((image) => ({ ...image, label: names.indexOf(image.label!) })),
    classes,
    photographs: byGroup(labelled).length,
    unlabelled: candidates.length - labelled.length,
    depthRange,
  };
}
