import { runReports } from '@thaw/analysis/recorded';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { asImportedRun, lacks, openStore, readImport, type RunRecord } from '@thaw/tracking';
import { onePartTable } from '../report/one-part-table.ts';
import { runReportText } from '../report/run-report-text.ts';
import { terminalWidth } from '../report/terminal-width.ts';

export interface ImportRunOptions {
  readonly runsDir: string;
  /** A file or a folder. */
  readonly file: string;
  /** Null: what the file says, else the file's name. Of a file with several runs each has its own behind it. */
  readonly name: string | null;
  readonly output: string | null;
}

/** Makes runs of another program's results, and says what they have and what they lack. Nothing is made of a file that is wrong anywhere. */
export async function importRun({ runsDir, file, name, output }: ImportRunOptions): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const all = await readImport(file);
  const store = openStore(runsDir);
  const runs: RunRecord[] = [];
  for (const results of all) {
    const own = all.length === 1 ? name : [name, results.name].filter(Boolean).join('-') || null;
    runs.push(await store.importRun(asImportedRun(results, file, own)));
  }
  if (output !== null) await writeDocument(output, runs.length === 1 ? runs[0] : runs);
  if (runs.length > 1) {
    const lines = runs.map((run) => `  ${run.id}  ${run.state}`);
    process.stdout.write(
      `Imported ${runs.length} runs:\n${lines.join('\n')}\nSee them: npx nx run runs list\n`,
    );
    return;
  }
  const [run] = runs as [RunRecord];
  const reports = await runReports(store, run);
  const width = terminalWidth(process.stdout);
  const figures = run.imported!.reports.validation ?? run.imported!.reports.test;
  const text = reports ? runReportText(reports, width) : figures ? onePartTable(figures, width) : '';
  const notes = lacks(all[0]!).map((note) => `${note}\n`);
  process.stdout.write(
    `${text === '' ? '' : `${text}\n\n`}${notes.join('')}Imported as run ${run.id}. See it again: npx nx run runs show ${run.id}\n`,
  );
}
