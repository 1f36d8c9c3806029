import { join } from 'node:path';
import { comparisonReport, runReport, sweepReport } from '@thaw/analysis/report';
import { writeFileAtomic } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { checkOutputFile } from '../report/output-file.ts';

export interface WriteReportOptions {
  readonly runsDir: string;
  /** Ids, beginnings of them or `latest`; several runs are compared. */
  readonly of: { readonly runs: readonly string[] } | { readonly sweep: string };
  /** Null writes a file of the id's name where the command is run. */
  readonly output: string | null;
}

/** Writes a report as one HTML file, whole or not at all, and prints where it is. */
export async function writeReport({ runsDir, of, output }: WriteReportOptions): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const store = openStore(runsDir);
  const options = { cacheDir: join(runsDir, 'cache') };
  const [name, html] =
    'sweep' in of
      ? [(await store.sweep(of.sweep)).id, await sweepReport(store, of.sweep)]
      : of.runs.length === 1
        ? [(await store.run(of.runs[0]!)).id, await runReport(store, of.runs[0]!, options)]
        : ['comparison', await comparisonReport(store, of.runs, options)];
  const file = output ?? `${name}.html`;
  if (output === null) await checkOutputFile(file);
  await writeFileAtomic(file, html);
  process.stdout.write(`${file}\n`);
}
