import { thousands } from '@thaw/base';
import {
  byAge,
  checkColumn,
  filterRows,
  sortRows,
  type Damaged,
  type FileStore,
  type ListedRun,
  type RunRow,
} from '@thaw/tracking';
import { withSilentDeaths } from './silent-deaths.ts';

export interface RunQuery {
  /** A whole id; null for all. */
  readonly sweep: string | null;
  /** An expression over the columns of runs. */
  readonly where: string | null;
  /** A column, `-column` for the greatest first; null for the newest first. */
  readonly sort: string | null;
  /** What is to be shown of them; null for the usual. */
  readonly columns: readonly string[] | null;
  /** Finds archived runs, too. */
  readonly archived: boolean;
  /** How many to find at most; null for all. */
  readonly limit: number | null;
}

export interface FoundRun {
  readonly run: ListedRun;
  readonly row: RunRow;
}

export interface FoundRuns {
  readonly runs: readonly FoundRun[];
  /** What was left out for the limit, in words; null where nothing was. */
  readonly leftOut: string | null;
  /** How many runs there are, whether they fit or not; of the newest alone, how many were looked at. */
  readonly among: number;
}

/** The runs that a query is for; damaged records are named on standard error. A UserError for a query that names a column no run has. */
export async function findRuns(store: FileStore, query: RunQuery): Promise<FoundRuns> {
  const { sweep, where, sort, columns, limit, archived } = query;
  const isWhole = where === null && sort === null && columns === null && sweep === null;
  return isWhole && limit !== null ? newest(store, limit, archived) : indexed(store, query);
}

/** Without a look at the others, of which there may be thousands. */
async function newest(store: FileStore, limit: number, archived: boolean): Promise<FoundRuns> {
  const { records, damaged, looked, isCut } = await store.newestRuns(limit, archived);
  sayDamaged(damaged);
  const runs = await withSilentDeaths(store, records);
  const rows = await store.rows(runs);
  return {
    runs: runs.map((run, i) => {
      const { tags, archived: isArchived } = rows[i]!;
      return { run: { ...run, tags: tags as string[], archived: isArchived as boolean }, row: rows[i]! };
    }),
    leftOut: isCut ? `of all runs the newest ${thousands(limit)} are shown` : null,
    among: looked - damaged.length,
  };
}

async function indexed(store: FileStore, query: RunQuery): Promise<FoundRuns> {
  const index = store.index();
  await index.readRuns();
  sayDamaged(index.damaged().runs);
  const all = index.runs().filter(({ run }) => query.sweep === null || run.sweep === query.sweep);
  const newestFirst = all.toSorted((a, b) => byAge(b.run, a.run));
  const sweeps = async () => {
    await index.refresh();
    return { sweeps: index.sweeps() };
  };
  const told = await withSilentDeaths(
    { sweeps },
    newestFirst.map(({ run }) => run),
  );
  const among = newestFirst.map((found, i) => (told[i] === found.run ? found : died(found, told[i]!)));
  const fitting = choose(among, query);
  const runs = query.limit === null ? fitting : fitting.slice(0, query.limit);
  const leftOut = `${thousands(runs.length)} of ${thousands(fitting.length)} runs are shown`;
  return { runs, leftOut: runs.length < fitting.length ? leftOut : null, among: among.length };
}

/** A run whose process died, with the state and the reason that its sweep knows. */
function died({ row }: FoundRun, run: ListedRun): FoundRun {
  return { run, row: { ...row, state: run.state, error: run.error } };
}

function choose(
  among: readonly FoundRun[],
  { where, sort, columns, archived }: RunQuery,
): readonly FoundRun[] {
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

function sayDamaged(damaged: readonly Damaged[]): void {
  for (const { path, reason } of damaged) process.stderr.write(`${path} is damaged: ${reason}\n`);
}
