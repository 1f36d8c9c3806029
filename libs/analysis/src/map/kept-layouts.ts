import { join } from 'node:path';
import { exists, readIfThere, sha256, writeFileAtomic } from '@thaw/base';
import type { RunRecord } from '@thaw/tracking';
import { whyUnknown } from '../groups/groups-of-run.ts';

const layoutNames = ['pca', 'umap'] as const;
export type LayoutName = (typeof layoutNames)[number];

/** Where the images of a run lie on a map. */
export interface MapLayout {
  /** Relative to the data set's folder. */
  readonly files: readonly string[];
  /** Of each file, both from -1 to 1 and of one scale. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The share of the features' variance that x and y have; null where that says nothing. */
  readonly shares: readonly [number, number] | null;
}

/** What is raised when the same features would be drawn in another way. */
const version = 2;

type Drawn = Pick<RunRecord, 'id' | 'state' | 'settings' | 'provenance' | 'imported' | 'sealed'>;

/** Why there can be no map of a run, as a sentence without its end; null where there can. */
export function whyNoMap(run: Drawn): string | null {
  if (!run.settings) return whyUnknown(run);
  return dataOf(run)?.fingerprint === undefined
    ? `run ${run.id} (${run.state}) did not come so far as to read its images`
    : null;
}

/** The names of the layouts that are kept of a run. */
export async function keptLayouts(run: Drawn, cacheDir: string): Promise<LayoutName[]> {
  if (whyNoMap(run) !== null) return [];
  const found = await Promise.all(layoutNames.map((name) => exists(fileOf(run, name, cacheDir))));
  return layoutNames.filter((_, i) => found[i]);
}

/**
 * A layout that is kept; null where none is. Layouts lie in the cache by all that they depend on, so that trials of one sweep share them:
 * the images, how these are brought to size, and the backbone with its weights and what it takes for its input and features.
 */
export async function keptLayout(run: Drawn, name: LayoutName, cacheDir: string): Promise<MapLayout | null> {
  if (whyNoMap(run) !== null) return null;
  const text = await readIfThere(fileOf(run, name, cacheDir));
  if (text === null) return null;
  try {
    return JSON.parse(text) as MapLayout;
  } catch {
    // Damaged, so that it is drawn again.
    return null;
  }
}

export async function keepLayout(
  run: Drawn,
  name: LayoutName,
  layout: MapLayout,
  cacheDir: string,
): Promise<void> {
  await writeFileAtomic(fileOf(run, name, cacheDir), JSON.stringify(layout));
}

function fileOf(run: Drawn, name: LayoutName, cacheDir: string): string {
  const { model, dataset, training } = run.settings!;
  const { backbone, input = null, alpha, image_size: size, weights } = model;
  const known = (run.provenance as { weights?: unknown } | null)?.weights ?? null;
  const key = [
    version,
    dataOf(run)!.fingerprint,
    { backbone, input, alpha, size, weights, known, seed: weights === 'random' ? training.seed : null },
    [dataset.interpolation, dataset.resize ?? null, dataset.depth],
    run.sealed,
  ];
  return join(cacheDir, 'maps', sha256(JSON.stringify(key)), `${name}.json`);
}

function dataOf({ provenance }: Drawn): { readonly fingerprint?: string } | undefined {
  return (provenance as { data?: { fingerprint?: string } } | null)?.data;
}
