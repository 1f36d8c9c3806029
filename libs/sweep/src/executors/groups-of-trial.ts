import { keptGroups } from '@thaw/analysis/recorded';
import { findLeakage, hasGroups, withGroups, type Dataset } from '@thaw/data';
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
  const grouped = hasGroups(dataset)
    ? dataset
    : groups && withGroups(dataset, ({ sha256 }) => groups[sha256], dataset.groupUnit ?? 'photograph');
  return grouped ? keptGroups(await findLeakage(grouped, { cacheDir }), dataset) : null;
}
