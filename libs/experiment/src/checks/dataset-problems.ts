import type { Problem } from '../messages/problem.ts';
import type { Settings } from '../settings.ts';

/** What settings of a data set mean together. */
export function datasetProblems({ dataset }: Settings): Problem[] {
  if ('source' in dataset || dataset.csv === undefined || dataset.layout === 'csv') return [];
  const message = `found a table beside dataset.layout: ${dataset.layout}, which reads none; allowed: beside layout: csv`;
  return [{ path: ['dataset', 'csv'], message }];
}
