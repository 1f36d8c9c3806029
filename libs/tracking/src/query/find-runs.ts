import type { Damaged } from '../files/read-record.ts';
import type { RunEntry } from '../files/indexed-run.ts';
import { byAge } from '../files/by-age.ts';
import type { FileStore } from '../store.ts';
import { checkColumn, filterRows } from './filter-rows.ts';
import { sortRows } from './sort-rows.ts';

export interface RunQuery {
  /** A whole id; null for all. */
  readonly sweep: string | null;
  /** An expression over the columns of runs. */
  readonly where: string | null;
  /** A column, `-column` for the greatest first; null for the newest first. */
  readonly sort: string | null;
  /** What is to be shown of them, which some run must have; null for the usual. */
  readonly columns: readonly string[] | null;
  /** Finds archived runs, too. */
  readonly archived: boolean;
  /** How many to find at most; null for all. */
  readonly limit: number | null;
}

export interface FoundRuns {
  readonly runs: readonly RunEntry[];
  /** Of how many runs that fit these are the first; null where older ones were not looked at. */
  readonly of: number | null;
  /** How many runs there are, whether they fit or not; of the newest alone, how many were looked at. */
  readonly among: number;
  readonly damaged: readonly Damaged[];
}

/** The runs that a query is for. A UserError for a query that names a column no run has. */
export async function findRuns(store: FileStore, query: RunQuery): Promise<FoundRuns> {
  const { sweep, where, sort, columns, limit, archived } = query;
  const isWhole = where === null && sort === null && columns === null && sweep === null;
  return isWhole && limit !== null ? newest(store, limit, archived) : indexed(store, query);
}

/** Without a look at the others, of which there may be thousands. */
async function newest(store: FileStore, limit: number, archived: boolean): Promise<FoundRuns> {
  const { records, damaged, looked, isCut } = await store.newestRuns(limit, archived);
  const rows = await store.rows(records);
  const runs = records.map((run, i) => {
    const { tags, archived: isArchived } = rows[i]!;
    return { run: { ...run, tags: tags as string[], archived: isArchived as boolean }, row: rows[i]! };
  });
  return { runs, of: isCut ? null : runs.length, among: looked - damaged.length, damaged };
}

async function indexed(store: FileStore, query: RunQuery): Promise<FoundRuns> {
  const index = store.index();
  await index.readRuns();
  const among = index
    .runs()
    .filter(({ run }) => query.sweep === null || run.sweep === query.sweep)
    .toSorted((a, b) => byAge(b.run, a.run));
  const fitting = choose(among, query);
  const runs = query.limit === null ? fitting : fitting.slice(0, query.limit);
  return { runs, of: fitting.length, among: among.length, damaged: index.damaged().runs };
}

function choose(
  among: readonly RunEntry[],
  { where, sort, columns, archived }: RunQuery,
): readonly RunEntry[] {
  const listed = among.filter(({ run }) => archived || !run.archived);
  // A row takes longer to make than to choose a run by its age.
  if (where === null && sort === null && columns === null) return listed;
  for (const column of [...(sort === null ? [] : [sort.replace(/^-/, '')]), ...(columns ?? [])]) {
    checkColumn(
      among.map(({ row }) => row),
      column,
    );
  }
  const byId = new Map(listed.map((found) => [found.run.id, found]));
  const rows = listed.map(({ row }) => row);
  const chosen = where === null ? rows : filterRows(rows, where);
  return (sort === null ? chosen : sortRows(chosen, sort)).map(({ id }) => byId.get(id)!);
}
