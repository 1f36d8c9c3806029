import { isLater, pointsOf, type Point } from '../runs/journal.ts';
import { readJournal } from '../runs/logged-run.ts';
import { pageOf } from '../requests/page-token.ts';
import { readMaxResults } from '../search/search-fields.ts';
import { metricDocument, withoutEmpty } from './documents.ts';
import type { Operation } from './tracking.ts';

/** All values of a metric by time, step and value; those that came twice, because a client asked again, once. */
export const getHistory: Operation = async ({ runs }, fields) => {
  const { folder } = await runs.find(fields.runId());
  const key = fields.required('metric_key');
  const entries = (await readJournal(folder))?.entries ?? [];
  const points = entries.flatMap((entry) => pointsOf(entry).filter((point) => point.key === key));
  const once = new Map(points.map((point) => [`${point.timestamp} ${point.step} ${point.value}`, point]));
  const sorted = [...once.values()].sort(byTime);
  const maxResults = fields.integer('max_results') === null ? Infinity : readMaxResults(fields);
  const { page, next } = pageOf(sorted, { maxResults, token: fields.text('page_token') });
  return withoutEmpty({ metrics: page.map(metricDocument), next_page_token: next });
};

function byTime(a: Point, b: Point): number {
  return a.timestamp - b.timestamp || (isLater(b, a) ? -1 : 1);
}
