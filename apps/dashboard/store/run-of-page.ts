import type { Run } from '../api/operations/runs.ts';
import { describeRun } from './describe-run.ts';
import { store } from './store.ts';

/** The run that a page's address names by its whole id, as the API gives it; null where its record cannot be read. */
export async function runOfPage(id: string): Promise<Run | null> {
  const record = await store()
    .run(id)
    .catch(() => null);
  return record && record.id === id ? describeRun(record) : null;
}
