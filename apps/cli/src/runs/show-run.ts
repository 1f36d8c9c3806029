import { join } from 'node:path';
import { resultsOf, runReports, validationResults } from '@thaw/analysis/recorded';
import { filesIn, UserError } from '@thaw/base';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { openStore } from '@thaw/tracking';
import { runDetails } from '../report/run-details.ts';
import { terminalWidth } from '../report/terminal-width.ts';

export interface ShowRunOptions {
  readonly runsDir: string;
  readonly run: string;
  readonly output: string | null;
}

/** Prints one run: settings, provenance, epochs, reports, intervals and files. */
export async function showRun({ runsDir, run: query, output }: ShowRunOptions): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const store = openStore(runsDir);
  const run = await store.run(query);
  const annotations = await store.annotations(run.id);
  const epochs = await store.metrics(run.id);
  const reports = await runReports(store, run);
  const options = { cacheDir: join(runsDir, 'cache') };
  const results = reports && (await resultsOf(store, run, reports, options));
  const validation = reports ? null : await validationResults(store, run, options);
  const sweep = run.sweep === null ? null : await store.sweep(run.sweep).catch(ifGone);
  const folder = join(runsDir, 'runs', run.id);
  const files = await filesIn(folder);
  if (output !== null) {
    const report = reports && { validation: reports.validation.report, test: reports.test.report };
    await writeDocument(output, {
      ...run,
      ...annotations,
      epochs,
      report,
      results,
      validation,
      folder,
      files,
    });
  }
  const details = { run, annotations, sweep, epochs, reports, results, validation, folder, files };
  const text = runDetails(details, terminalWidth(process.stdout));
  process.stdout.write(`${text}\n`);
}

function ifGone(error: unknown): null {
  if (error instanceof UserError) return null;
  throw error;
}
