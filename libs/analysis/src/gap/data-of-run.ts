import { UserError } from '@thaw/base';
import { findLeakage, loadDataset, type Dataset, type ImageFile, type Leakage } from '@thaw/data';
import type { Settings } from '@thaw/experiment';
import type { GroupedImage, RunRecord } from '@thaw/tracking';

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
  readonly onCheck: (done: number, total: number) => void;
  readonly onDetect: (phase: string, done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads a run's images again. Where they are gone, cannot be read or are not those of then (by the data set's
 * fingerprint), says so in words instead.
 */
export async function dataOfRun(
  run: Pick<RunRecord, 'settings' | 'provenance'>,
  { cacheDir, onCheck, onDetect, signal }: RunDataOptions,
): Promise<RunData | { readonly missing: string }> {
  if (!run.settings) return { missing: 'the run was imported, and imported runs name no data set' };
  try {
    const dataset = await loadDataset(run.settings, { cacheDir, onProgress: onCheck });
    const then = (run.provenance as { data?: { fingerprint?: string } }).data?.fingerprint;
    if (dataset.fingerprint !== then) {
      return { missing: 'the images, or how they are split, have changed since the run' };
    }
    const leakage = await findLeakage(dataset, { cacheDir, onDetect, signal });
    const images = new Map(leakage.images.map(({ image }) => [image.name, image]));
    const groups = new Map(leakage.images.map(({ image, group }) => [image.name, group]));
    return { settings: run.settings, dataset, leakage, images, groupOf: (file) => groups.get(file)! };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { missing: `the run's images cannot be read: ${error.message}` };
  }
}

/** The images of a run and the group of each, in the order of the data set. */
export function groupedImages({ leakage, dataset }: RunData): GroupedImage[] {
  return leakage.images.map(({ image, split, group }) => {
    return { path: image.name, split, class: dataset.classes[image.label]!, group };
  });
}
