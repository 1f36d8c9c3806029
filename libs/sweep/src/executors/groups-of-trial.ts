import { keptGroups } from '@thaw/analysis/recorded';
import { findLeakage, hasGroups, withGroups, type Dataset, type ImageFile } from '@thaw/data';
import type { KeptGroups } from '@thaw/tracking';
import type { TrialJob } from './executor.ts';

/**
 * Which images of a trial's data set belong together: as they are named, or as they were found before the sweep began. No image
 * is looked at here. Null where that is not known.
 */
export async function groupsOfTrial(
  dataset: Dataset,
  { groups, cacheDir }: Pick<TrialJob, 'groups' | 'cacheDir'>,
): Promise<KeptGroups | null> {
  const unit = dataset.groupUnit ?? 'photograph';
  const sceneOf = ({ sha256 }: ImageFile) => groups?.[sha256]?.scene;
  const photographOf = ({ sha256 }: ImageFile) => groups?.[sha256]?.photograph;
  const groupOf = (image: ImageFile) =>
    unit === 'scene' ? (sceneOf(image) ?? photographOf(image)) : photographOf(image);
  const grouped = hasGroups(dataset) ? dataset : groups && withGroups(dataset, groupOf, unit, sceneOf);
  return grouped ? keptGroups(await findLeakage(grouped, { cacheDir }), dataset) : null;
}
