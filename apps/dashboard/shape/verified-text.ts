import type { ModelVersion } from '../api/operations/models.ts';

const imagesOf = { train: 'training images', validation: 'validation images', test: 'test images' } as const;

/** By which images an exported model was compared with its run, and how far it is from it. */
export function verifiedText(verified: ModelVersion['verified']): string {
  if (!verified) return 'no: its images were gone';
  const { images, part, largest_difference } = verified;
  return `${images} ${part ? imagesOf[part] : 'images'}, largest difference ${largest_difference.toPrecision(2)}`;
}
