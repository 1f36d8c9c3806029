import { Random, UserError } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import type { FileStore } from '@thaw/tracking';
import { locateImage } from './run-image.ts';

const mostSamples = 8;

/** Some test images of a run that are still there, as many of each class as of the others; which ones depends on the run alone. */
export async function runSamples(store: FileStore, run: string) {
  const rows = await store.predictions(run, 'test').catch((error: unknown) => {
    if (error instanceof UserError) return null;
    throw error;
  });
  if (rows === null) return { samples: [], missing: `the predictions of run ${run} are gone` };
  const record = await store.run(run);
  const chosen = await Promise.all(
    sampleByClass(rows, run, mostSamples).map(async ({ file, label }) =>
      (await locateImage(record, file)) ? [{ run, file, label }] : [],
    ),
  );
  const samples = chosen.flat();
  const missing =
    samples.length > 0
      ? null
      : `the test images of run ${run} are not where they were, or no browser shows them`;
  return { samples, missing };
}

/** So many rows at most, as many of each class as of the others; which ones depends on the run alone. */
export function sampleByClass(rows: readonly PredictionRow[], run: string, most: number): PredictionRow[] {
  const shuffled = new Random('samples', run).shuffle(rows);
  const labels = [...new Set(rows.map(({ label }) => label))].slice(0, most);
  const each = Math.floor(most / labels.length);
  return labels.flatMap((label) => shuffled.filter((row) => row.label === label).slice(0, each));
}
