import { symmetriesOf, type Dataset, type ImageFile, type Symmetry } from '@thaw/data';
import type { Settings } from '@thaw/experiment';

/** An image as evaluation shows it to a network: as it is, or by a symmetry of the square. */
export interface View extends ImageFile {
  readonly symmetry?: Symmetry;
}

/** The symmetries by which a trial's networks see each image in evaluation; the first is the image as it is. */
export function symmetriesIn({ evaluation }: Pick<Settings, 'evaluation'>): readonly Symmetry[] {
  return symmetriesOf[evaluation?.test_time_augmentation ?? 'none'];
}

/** How many images a trial sees of its data set, those that are evaluated in all their views. */
export function imagesIn(
  settings: Pick<Settings, 'evaluation'>,
  { train, validation, test }: Pick<Dataset, 'train' | 'validation' | 'test'>,
): number {
  return train.length + symmetriesIn(settings).length * (validation.length + test.length);
}

/** Each image by each symmetry, one image after the other. */
export function viewsOf(images: readonly ImageFile[], symmetries: readonly Symmetry[]): View[] {
  return images.flatMap((image) =>
    symmetries.map((symmetry) => (symmetry === 0 ? image : { ...image, symmetry })),
  );
}

/** What tells the views of images apart, whatever the images are called. */
export function viewKey({ sha256, symmetry = 0 }: View): string {
  return symmetry === 0 ? sha256 : `${sha256} ${symmetry}`;
}
