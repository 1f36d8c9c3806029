import type { FileStore } from '@thaw/tracking';

export interface PredictionQuery {
  readonly part: 'validation' | 'test';
  readonly label?: string | undefined;
  readonly predicted?: string | undefined;
  readonly wrong?: 'true' | 'false' | undefined;
  readonly limit: number;
}

/** The images that a query is about, the surest first; of wrong ones, one a photograph where photographs are known. */
export async function runPredictions(store: FileStore, run: string, query: PredictionQuery) {
  const { classes } = await store.run(run);
  const groups = new Map((await store.groups(run))?.images.map(({ path, group }) => [path, group]));
  const found = (await store.predictions(run, query.part))
    .filter(({ label }) => query.label === undefined || label === query.label)
    .filter(({ predicted }) => query.predicted === undefined || predicted === query.predicted)
    .filter(
      ({ label, predicted }) =>
        query.wrong === undefined || (label !== predicted) === (query.wrong === 'true'),
    )
    .map(({ file, label, predicted, probabilities }) => {
      const probability = probabilities[classes?.indexOf(predicted) ?? -1] ?? null;
      return { file, label, predicted, probability, group: groups.get(file) ?? null };
    })
    .sort((a, b) => (b.probability ?? 0) - (a.probability ?? 0));
  return { total: found.length, images: found.slice(0, query.limit) };
}
