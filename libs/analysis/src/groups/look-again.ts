import type { KeptGroups, RunRecord, RunStore } from '@thaw/tracking';
import { dataOfRun, groupsFound, type RunDataOptions } from './data-of-run.ts';
import type { LookAgain } from './groups-of-run.ts';

/** Reads the images of runs again to learn which belong together, those of one data set and split once, and keeps that with each. */
export function lookAgain(
  store: Pick<RunStore, 'groups' | 'keepGroups'>,
  options: RunDataOptions,
): LookAgain {
  const found = new Map<string, Promise<KeptGroups | { readonly missing: string }>>();
  const look = async (run: RunRecord) => groupsFound(await dataOfRun(store, run, options));
  return async (run) => {
    const { dataset, split } = run.settings ?? {};
    const { fingerprint } = (run.provenance as { data?: { fingerprint?: unknown } } | null)?.data ?? {};
    const key = JSON.stringify([dataset, split, fingerprint]);
    const before = found.get(key);
    if (!before) {
      const now = look(run);
      found.set(key, now);
      return now;
    }
    const groups = await before;
    if (!('missing' in groups)) await store.keepGroups(run.id, groups).catch(() => undefined);
    return groups;
  };
}
