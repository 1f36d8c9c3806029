import { openStore } from '@thaw/tracking';
import { checkOutputFile, writeDocument } from '../commands/output-file.ts';
import { runList } from '../report/run-list.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { withSilentDeaths } from './silent-deaths.ts';

export interface ListRunsOptions {
  readonly runsDir: string;
  readonly sweep: string | null;
  readonly output: string | null;
}

/** Prints a table of runs, the newest first; damaged records are named on standard error and the others shown. */
export async function listRuns({ runsDir, sweep, output }: ListRunsOptions): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const store = openStore(runsDir);
  const id = sweep === null ? null : (await store.sweep(sweep)).id;
  const { runs, damaged } = await store.runs();
  for (const { path, reason } of damaged) process.stderr.write(`${path} is damaged: ${reason}\n`);
  const chosen = runs.filter((run) => id === null || run.sweep === id).reverse();
  const shown = await withSilentDeaths(store, chosen);
  if (output !== null) await writeDocument(output, shown);
  if (shown.length === 0) {
    const where = id === null ? `in ${runsDir}` : `of sweep ${id}`;
    process.stdout.write(
      `There are no runs ${where} yet. To make some: npx nx run sweep --config experiments/unfreeze.yaml\n`,
    );
    return;
  }
  process.stdout.write(`${runList(shown, { now: new Date(), columns: terminalWidth(process.stdout) })}\n`);
}
