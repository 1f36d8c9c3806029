import { Random, UserError } from '@thaw/base';
import { nearestNeighbours, neighbourGraph, principalComponents, umap } from '@thaw/metrics';
import type { RunStore } from '@thaw/tracking';
import { extractFeatures, openEngine } from '@thaw/training';
import { dataOfRun } from '../groups/data-of-run.ts';
import type { AnalysisListener } from '../listener.ts';
import { pretrainedFrom } from '../results/started-from.ts';
import { keepLayout, keptLayout, whyNoMap, type MapLayout } from './kept-layouts.ts';

export interface DrawMapOptions {
  /** An id, a beginning of one or `latest`. */
  readonly run: string;
  readonly cacheDir: string;
  readonly listener: AnalysisListener;
  readonly signal?: AbortSignal;
}

/** Of the features: what is left out beyond is noise, and would take UMAP's neighbours minutes. */
const directions = 50;
/** As umap-learn, which counts the image itself as one of 15. */
const neighbours = 14;

/**
 * Lays the images of a run out in the plane, those that its pretrained backbone finds alike near to one another: at once by the
 * principal components of its features, then by UMAP. Both are kept; what is kept is not drawn again. A UserError where the
 * images are gone or were never given, and where the backbone's weights are others by now. Ends between two steps when `signal` says so.
 */
export async function drawMap(
  store: Pick<RunStore, 'run' | 'groups' | 'keepGroups'>,
  { run: query, cacheDir, listener, signal }: DrawMapOptions,
): Promise<void> {
  const run = await store.run(query);
  const why = whyNoMap(run);
  if (why !== null) throw new UserError(`there is no map of run ${run.id}: ${why}`, { kind: 'conflict' });
  if (await keptLayout(run, 'umap', cacheDir)) return;
  const found = await dataOfRun(store, run, { cacheDir, listener, signal });
  if ('missing' in found) {
    throw new UserError(`there is no map of run ${run.id}: ${found.missing}`, { kind: 'conflict' });
  }
  const shown = found.leakage.images.filter(({ split }) => split !== 'test' || !run.sealed);
  const images = shown.map(({ image }) => image);
  const files = images.map(({ name }) => name);
  const { engine: trainedOn } = (run.provenance ?? {}) as { engine?: unknown };
  const features = await extractFeatures(images, found.settings, {
    engine: await openEngine(trainedOn, listener.note),
    cacheDir,
    depthRange: found.dataset.depthRange,
    weightsSha256: pretrainedFrom(run),
    onProgress: (done, total) => listener.count('images seen by the backbone', done, total),
    ...(signal && { signal }),
  });
  // Lets whoever listens hear how far this is, and this process hear that it is to end.
  const pause = async () => {
    await new Promise((next) => setImmediate(next));
    signal?.throwIfAborted();
  };
  listener.begin('finding the principal components');
  await pause();
  const { scores, shares } = principalComponents(features, 2, new Random('map', 'pca'));
  const start = shares.length === 2 ? scores : Float64Array.from({ length: 2 * files.length }, () => 0);
  await keepLayout(run, 'pca', layoutOf(files, start, [shares[0] ?? 0, shares[1] ?? 0]), cacheDir);

  listener.begin('finding what UMAP goes by');
  await pause();
  const found50 = principalComponents(features, directions, new Random('map', 'directions'));
  const tell = (phase: string) => async (done: number, total: number) => {
    listener.count(phase, done, total);
    await pause();
  };
  const near = await nearestNeighbours(
    found50.scores,
    found50.components.length,
    neighbours,
    tell('images compared with one another'),
  );
  const layout = await umap(neighbourGraph(near), {
    start,
    random: new Random('map', 'umap'),
    onProgress: tell('rounds of UMAP'),
  });
  await keepLayout(run, 'umap', layoutOf(files, layout, null), cacheDir);
}

/** Points in the order of files, brought into the square from -1 to 1. */
function layoutOf(files: readonly string[], points: Float64Array, shares: MapLayout['shares']): MapLayout {
  const axis = (offset: number) => files.map((_, i) => points[2 * i + offset]!);
  const [x, y] = [axis(0), axis(1)];
  const ends = [x, y].map((values) => ({
    low: values.reduce((a, b) => Math.min(a, b), Infinity),
    high: values.reduce((a, b) => Math.max(a, b), -Infinity),
  }));
  const half = Math.max(...ends.map(({ low, high }) => (high - low) / 2));
  const scaled = (values: readonly number[], { low, high }: { low: number; high: number }) =>
    values.map((value) => (half > 0 ? Number(((value - (low + high) / 2) / half).toFixed(5)) : 0));
  return { files, x: scaled(x, ends[0]!), y: scaled(y, ends[1]!), shares };
}
