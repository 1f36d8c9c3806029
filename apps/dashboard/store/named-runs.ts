import { mapConcurrently, UserError } from '@thaw/base';
import type { RunRecord, RunStore } from '@thaw/tracking';

/** As many are read beside each other. */
export const runsAtOnce = 8;

/** The runs that queries name, each once, though two name it, in their order, and why others are missing. */
export async function namedRuns(store: Pick<RunStore, 'run'>, queries: readonly string[]) {
  const problems: string[] = [];
  const records = new Map<string, RunRecord>();
  const found = await mapConcurrently(queries, runsAtOnce, (query) =>
    store.run(query).catch(noteTo(problems)),
  );
  for (const record of found) if (record) records.set(record.id, record);
  return { records: [...records.values()], problems };
}

/** Takes a UserError for a problem of one run, of which nothing comes. */
export function noteTo(problems: string[]) {
  return (error: unknown): null => {
    if (!(error instanceof UserError)) throw error;
    problems.push(error.message);
    return null;
  };
}
