import { UserError } from '@thaw/base';
import {
  asDealt,
  findLeakage,
  loadDataset,
  withGroups,
  withParts,
  type Dataset,
  type ImageFile,
  type Leakage,
} from '@thaw/data';
import { withPaths, type Settings, type SettingsPaths } from '@thaw/experiment';
import type { KeptGroups, RunRecord, RunStore } from '@thaw/tracking';
import type { AnalysisListener } from '../listener.ts';
import { whyUnknown } from './groups-of-run.ts';
import { keptGroups } from './kept-groups.ts';

/** The images that a run was trained and tested on, and which of them come from one photograph. */
export interface RunData {
  /** Those of the run. */
  readonly settings: Settings;
  readonly dataset: Dataset;
  readonly leakage: Leakage;
  /** An image of the data set by its name, relative to the data set's folder. */
  readonly images: ReadonlyMap<string, ImageFile>;
  groupOf(file: string): string;
}

export interface RunDataOptions {
  readonly cacheDir: string;
  readonly listener: Pick<AnalysisListener, 'count' | 'note'>;
  readonly signal?: AbortSignal | undefined;
  /** Where the images lie now, if not where the run's record says; `dataset.path` alone. */
  readonly moved?: SettingsPaths | undefined;
}

/**
 * Reads a run's images again. Where they are gone, cannot be read or are not those of then (by the data set's
 * fingerprint), says so in words instead. Groups are those that are kept with the run; where there are none they are looked for,
 * and kept with it from then on.
 */
export async function dataOfRun(
  store: Pick<RunStore, 'groups' | 'keepGroups'>,
  run: Pick<RunRecord, 'id' | 'settings' | 'paths' | 'provenance' | 'imported'>,
  { cacheDir, listener, signal, moved }: RunDataOptions,
): Promise<RunData | { readonly missing: string }> {
  if (!run.settings) return { missing: whyUnknown(run) };
  const count = (phase: string) => (done: number, total: number) => listener.count(phase, done, total);
  const settings = withPaths(run.settings, { ...run.paths, ...moved });
  try {
    const then = (run.provenance as { data?: { fingerprint?: string } }).data?.fingerprint;
    const now = await loadDataset(settings, { cacheDir, onProgress: count('images checked') });
    const read = asDealt(now, settings.split, then);
    const kept = await store.groups(run.id);
    const dataset = read.fingerprint === then || !kept ? read : (splitAsKept(read, kept) ?? read);
    if (dataset.fingerprint !== then && moved) throw new OtherImages(run.id, Object.values(moved));
    if (dataset.fingerprint !== then) {
      return { missing: 'the images, or how they are split, have changed since the run' };
    }
    const grouped = kept && withKept(dataset, kept);
    const onDetect = (phase: string, done: number, total: number) => listener.count(phase, done, total);
    const leakage = await findLeakage(grouped ?? dataset, { cacheDir, onDetect, signal });
    const images = new Map(leakage.images.map(({ image }) => [image.name, image]));
    const groups = new Map(leakage.images.map(({ image, group }) => [image.name, group]));
    const data = {
      settings,
      dataset,
      leakage,
      images,
      groupOf: (file: string) => groups.get(file)!,
    };
    if (!grouped) await keep(store, run.id, keptGroups(leakage, dataset), listener);
    return data;
  } catch (error) {
    if (!(error instanceof UserError) || moved) throw error;
    const hint = error.kind === 'not-found' ? '; if they have moved, give their folder as dataset.path' : '';
    return { missing: `the run's images cannot be read: ${error.message.replace(/\.$/, '')}${hint}` };
  }
}

class OtherImages extends UserError {
  constructor(run: string, [folder = '']: readonly string[]) {
    super(`dataset.path: the images in ${folder}, or how they are split, are not those of run ${run}`, {
      kind: 'conflict',
    });
  }
}

/** The groups of what was read again, or why there is nothing. */
export function groupsFound(
  found: RunData | { readonly missing: string },
): KeptGroups | { readonly missing: string } {
  return 'missing' in found ? found : keptGroups(found.leakage, found.dataset);
}

function withKept(dataset: Dataset, { origin, unit, images }: KeptGroups): Dataset | null {
  const kept = new Map(images.map((image) => [image.path, image]));
  const kind = unit ?? (origin === 'named' ? 'group' : 'photograph');
  return withGroups(
    dataset,
    ({ name }) => kept.get(name)?.group,
    kind,
    ({ name }) => kept.get(name)?.scene,
  );
}

/**
 * The images in the parts and folds that they were in then: a split by what was found by looking at them changes where a later version finds
 * more, or calls another thing a photograph.
 */
function splitAsKept(dataset: Dataset, { images }: KeptGroups): Dataset | null {
  const kept = new Map(images.map((image) => [image.path, image]));
  return withParts(
    dataset,
    ({ name }) => kept.get(name)?.split,
    ({ name }) => kept.get(name)?.folds,
  );
}

/** What cannot be kept (the folder may be another's) is found again the next time. */
async function keep(
  store: Pick<RunStore, 'keepGroups'>,
  run: string,
  groups: KeptGroups,
  { note }: RunDataOptions['listener'],
): Promise<void> {
  try {
    await store.keepGroups(run, groups);
  } catch (error) {
    note(`which images belong together could not be kept with run ${run}: ${(error as Error).message}`);
  }
}
