import { csvText, orderedRecord, thousands, type CsvValue } from '@thaw/base';
import { checkColumn, filterRows, openStore, runTable, sortRows, type RunRow } from '@thaw/tracking';
import type { ListFormat } from '../commands/format-option.ts';
import { checkOutputFile } from '../report/output-file.ts';
import { columnList } from '../report/column-list.ts';
import { runList } from '../report/run-list.ts';
import { writeList } from '../report/write-list.ts';
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
  /** How many to show at most; null for all. */
  readonly limit: number | null;
  readonly format: ListFormat;
  readonly output: string | null;
}

/** Prints a list of runs; damaged records are named on standard error and the others shown. */
export async function listRuns(options: ListRunsOptions): Promise<void> {
  const { runsDir, sweep, columns, limit, output } = options;
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
  const rows = limit === null ? chosen : chosen.slice(0, limit);
  const shown = rows.map((row) => ({ ...known.get(row.id)!, ...annotationsOf(row) }));
  const picked = columns && pickColumns(rows, ['id', ...columns]);
  const list = {
    document: picked?.documents ?? shown,
    csv: () => picked?.csv ?? runTable(shown),
    table: () => {
      const width = terminalWidth(process.stdout);
      if (shown.length === 0) return nothing(ofSweep.length, id === null ? `in ${runsDir}` : `of sweep ${id}`);
      return columns ? columnList(rows, columns, width) : runList(shown, { now: new Date(), columns: width });
    },
  };
  await writeList(list, options);
  if (rows.length < chosen.length) {
    process.stderr.write(`${thousands(rows.length)} of ${thousands(chosen.length)} runs are shown (--limit)\n`);
  }
}

function nothing(others: number, where: string): string {
  if (others > 0) return `None of ${others} runs ${where} fits.`;
  return `There are no runs ${where} yet. \`npx nx run init\` writes an experiment to begin with.`;
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

/** What users said of a run, which its record does not hold. */
function annotationsOf({ note, tags, archived }: RunRow) {
  return { note: (note ?? '') as string, tags: (tags ?? []) as readonly string[], archived };
}

/** Some columns of rows alone, as documents and as CSV; a list, such as the tags, is one field there, parted by commas. */
function pickColumns(rows: readonly RunRow[], names: readonly string[]) {
  const cells = rows.map((row) => names.map((name) => row[name] ?? null));
  const text = (value: (typeof cells)[number][number]): CsvValue =>
    typeof value === 'object' && value !== null ? value.join(', ') : value;
  return {
    documents: cells.map((row) => orderedRecord(names.map((name, i) => [name, row[i]] as const))),
    csv: csvText(
      names,
      cells.map((row) => row.map(text)),
    ),
  };
}
