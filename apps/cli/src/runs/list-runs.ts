import { checkColumn, filterRows, openStore, sortRows, type RunRow } from '@thaw/tracking';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { columnList } from '../report/column-list.ts';
import { runList } from '../report/run-list.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { withSilentDeaths } from './silent-deaths.ts';

export interface ListRunsOptions {
  readonly runsDir: string;
  readonly sweep: string | null;
  /** An expression over the columns of runs. */
  readonly where: string | null;
  /** A column, `-column` for the greatest first; null for the newest first. */
  readonly sort: string | null;
  /** What to show; null for the usual. */
  readonly columns: readonly string[] | null;
  /** Shows archived runs, too. */
  readonly archived: boolean;
  readonly output: string | null;
}

/** Prints a table of runs; damaged records are named on standard error and the others shown. */
export async function listRuns(options: ListRunsOptions): Promise<void> {
  const { runsDir, sweep, output } = options;
  if (output !== null) await checkOutputFile(output);
  const store = openStore(runsDir);
  const id = sweep === null ? null : (await store.sweep(sweep)).id;
  const { runs, damaged } = await store.runs();
  for (const { path, reason } of damaged) process.stderr.write(`${path} is damaged: ${reason}\n`);
  const ofSweep = await withSilentDeaths(
    store,
    runs.filter((run) => id === null || run.sweep === id).reverse(),
  );
  const known = new Map(ofSweep.map((run) => [run.id, run]));
  const chosen = chooseRows(await store.rows(ofSweep), options);
  const shown = chosen.map((row) => known.get(row.id)!);
  if (output !== null) await writeDocument(output, shown);
  if (shown.length === 0) {
    const where = id === null ? `in ${runsDir}` : `of sweep ${id}`;
    process.stdout.write(
      ofSweep.length > 0
        ? `None of ${ofSweep.length} runs ${where} fits.\n`
        : `There are no runs ${where} yet. To make some: npx nx run sweep --config experiments/unfreeze.yaml\n`,
    );
    return;
  }
  const columns = terminalWidth(process.stdout);
  const table = options.columns
    ? columnList(chosen, options.columns, columns)
    : runList(shown, { now: new Date(), columns });
  process.stdout.write(`${table}\n`);
}

function chooseRows(
  rows: readonly RunRow[],
  { where, sort, columns, archived }: ListRunsOptions,
): readonly RunRow[] {
  for (const column of [...(sort === null ? [] : [sort.replace(/^-/, '')]), ...(columns ?? [])]) {
    checkColumn(rows, column);
  }
  const listed = rows.filter((row) => archived || row['archived'] !== true);
  const chosen = where === null ? listed : filterRows(listed, where);
  return sort === null ? chosen : sortRows(chosen, sort);
}
