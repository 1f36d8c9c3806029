import { csvText, mapConcurrently, orderedRecord, thousands } from '@thaw/base';
import {
  findRuns,
  openStore,
  runTable,
  type FileStore,
  type RunEntry,
  type RunQuery,
  type RunRecord,
  type RunRow,
} from '@thaw/tracking';
import type { ListFormat } from '../commands/format-option.ts';
import { checkOutputFile } from '../report/output-file.ts';
import { columnList } from '../report/column-list.ts';
import { runList } from '../report/run-list.ts';
import { tellDamaged } from '../report/tell-damaged.ts';
import { writeList } from '../report/write-list.ts';
import { terminalWidth } from '../report/terminal-width.ts';

const filesAtOnce = 32;

export interface ListRunsOptions extends RunQuery {
  readonly runsDir: string;
  readonly format: ListFormat;
  readonly output: string | null;
}

/** Prints a list of runs; damaged records are named on standard error and the others shown. */
export async function listRuns(options: ListRunsOptions): Promise<void> {
  const { runsDir, columns, format, output } = options;
  if (output !== null) await checkOutputFile(output);
  const store = openStore(runsDir);
  const sweep = options.sweep === null ? null : await store.sweepId(options.sweep);
  const { runs, of, among, damaged } = await findRuns(store, { ...options, sweep });
  tellDamaged(damaged);
  const rows = columns ? runs.map(({ row }) => row) : [];
  const picked = columns && pickColumns(rows, ['id', ...columns]);
  // A table says less than the records, of which there may be thousands.
  const isWhole = picked === null && (format !== 'table' || output !== null);
  const whole = isWhole ? await wholeRecords(store, runs) : [];
  const list = {
    document: picked?.documents ?? whole,
    csv: () => picked?.csv ?? runTable(whole),
    table: () => {
      const width = terminalWidth(process.stdout);
      if (runs.length === 0) return nothing(among, sweep === null ? `in ${runsDir}` : `of sweep ${sweep}`);
      return columns ? columnList(rows, columns, width) : runList(runs, { now: new Date(), columns: width });
    },
  };
  await writeList(list, options);
  if (of === null)
    process.stderr.write(`of all runs the newest ${thousands(runs.length)} are shown (--limit)\n`);
  else if (of > runs.length)
    process.stderr.write(`${thousands(runs.length)} of ${thousands(of)} runs are shown (--limit)\n`);
}

function nothing(others: number, where: string): string {
  if (others > 0) return `None of ${others} runs ${where} fits.`;
  return `There are no runs ${where} yet. \`npx nx run init\` writes an experiment to begin with.`;
}

/** The records of runs, with what else is known of them. */
async function wholeRecords(
  store: FileStore,
  runs: readonly RunEntry[],
): Promise<(RunRecord & { note: string; tags: readonly string[]; archived: boolean })[]> {
  return mapConcurrently(runs, filesAtOnce, async ({ run, row }) => {
    const { id, state, error, tags, archived } = run;
    return { ...(await store.run(id)), state, error, note: (row['note'] ?? '') as string, tags, archived };
  });
}

/** Some columns of rows alone, as documents and as CSV. */
function pickColumns(rows: readonly RunRow[], names: readonly string[]) {
  const cells = rows.map((row) => names.map((name) => row[name] ?? null));
  return {
    documents: cells.map((row) => orderedRecord(names.map((name, i) => [name, row[i]] as const))),
    csv: csvText(names, cells),
  };
}
