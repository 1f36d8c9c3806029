import { keptGroups } from '@thaw/analysis/recorded';
import { findLeakage, hasGroups, withGroups, type Dataset, type ImageFile } from '@thaw/data';
import type { KeptGroups } from '@thaw/tracking';
import type { TrialJob } from './executor.ts';

/** What was last found of a data set, and by which groups. */
const known = new WeakMap<
  Dataset,
  { readonly by: TrialJob['groups']; readonly kept: Promise<KeptGroups | null> }
>();

/**
 * Which images of a trial's data set belong together: as they are named, or as they were found before the sweep began. No image
 * is looked at here. Null where that is not known.
 */
export function groupsOfTrial(
  dataset: Dataset,
  job: Pick<TrialJob, 'groups' | 'cacheDir'>,
): Promise<KeptGroups | null> {
  const last = known.get(dataset);
  // The trials of a sweep have them in common, most often.
  if (last && last.by === job.groups) return last.kept;
  const kept = findGroups(dataset, job);
  known.set(dataset, { by: job.groups, kept });
  return kept;
}

async function findGroups(
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
