import { openStore } from '@thaw/tracking';
import { commandHint } from '../report/command-hint.ts';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { sweepDocument } from '@thaw/analysis/recorded';
import { sweepOutline } from '../report/sweep-outline.ts';
import { sweepReport } from '../report/sweep-report.ts';
import { terminalWidth } from '../report/terminal-width.ts';

export interface ShowSweepOptions {
  readonly runsDir: string;
  /** An id, a beginning of one, or `latest`. */
  readonly sweep: string;
  readonly output: string | null;
}

/** Prints one sweep as it stands: what it is, its trials, the best of them, and how to go on. */
export async function showSweep({ runsDir, sweep: query, output }: ShowSweepOptions): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const store = openStore(runsDir);
  const sweep = await store.sweep(query);
  if (output !== null) await writeDocument(output, sweepDocument(sweep));
  const columns = terminalWidth(process.stdout);
  const report = await sweepReport(sweep, { store, folder: store.sweepFolder(sweep.id), runsDir, columns });
  process.stdout.write(`${sweepOutline(sweep)}\n\n${report}\n`);
  const next = {
    running: `To stop it: ${commandHint(`sweeps stop ${sweep.id}`, runsDir)}`,
    interrupted: `To go on: ${commandHint(`sweep --resume ${sweep.id}`, runsDir)}`,
    finished: null,
    failed: null,
  }[sweep.state];
  if (next !== null) process.stdout.write(`${next}\n`);
}
