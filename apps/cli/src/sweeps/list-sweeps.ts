import { sweepRow, sweepTable } from '@thaw/analysis/recorded';
import { thousands } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import type { ListFormat } from '../commands/format-option.ts';
import { checkOutputFile } from '../report/output-file.ts';
import { sweepList } from '../report/sweep-list.ts';
import { tellDamaged } from '../report/tell-damaged.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { writeList } from '../report/write-list.ts';

export interface ListSweepsOptions {
  readonly runsDir: string;
  /** How many to show at most; null for all. */
  readonly limit: number | null;
  readonly format: ListFormat;
  readonly output: string | null;
}

/** Prints a list of sweeps, the newest first; damaged records are named on standard error and the others shown. */
export async function listSweeps({ runsDir, limit, format, output }: ListSweepsOptions): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const { sweeps, damaged } = await openStore(runsDir).sweeps();
  tellDamaged(damaged);
  const rows = sweeps
    .reverse()
    .slice(0, limit ?? sweeps.length)
    .map(sweepRow);
  const list = {
    document: rows,
    csv: () => sweepTable(rows),
    table: () =>
      rows.length === 0
        ? `There are no sweeps in ${runsDir} yet. \`npx nx run init\` writes an experiment to begin with.`
        : sweepList(rows, { now: new Date(), columns: terminalWidth(process.stdout) }),
  };
  await writeList(list, { format, output });
  if (rows.length < sweeps.length) {
    process.stderr.write(
      `${thousands(rows.length)} of ${thousands(sweeps.length)} sweeps are shown (--limit)\n`,
    );
  }
}
