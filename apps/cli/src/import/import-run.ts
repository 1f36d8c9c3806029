import { join } from 'node:path';
import { lookAtImported } from '@thaw/analysis';
import { runReports } from '@thaw/analysis/recorded';
import { UserError } from '@thaw/base';
import {
  asImportedRun,
  doubts,
  lacks,
  openStore,
  readImport,
  type ImportedRun,
  type Results,
  type RunRecord,
} from '@thaw/tracking';
import { folderSettings } from '../leakage/folder-settings.ts';
import { AnalysisProgress } from '../progress/analysis-progress.ts';
import { commandHint } from '../report/command-hint.ts';
import { onePartTable } from '../report/one-part-table.ts';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { runReportText } from '../report/run-report-text.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { stoppedNotice, untilStopped } from '../until-stopped.ts';

export interface ImportRunOptions {
  readonly runsDir: string;
  /** A file or a folder. */
  readonly file: string;
  /** Null: what the file says, else the file's name. Of a file with several runs each has its own behind it. */
  readonly name: string | null;
  /** The folder of the images that were predicted; null: nobody looks at them. */
  readonly images: string | null;
  readonly output: string | null;
}

/**
 * Makes runs of another program's results, and says what they have and what they lack. Nothing is made of a file that is wrong
 * anywhere. Returns the exit code: 0, or that of the signal which stopped it.
 */
export async function importRun({ runsDir, file, name, images, output }: ImportRunOptions): Promise<number> {
  if (output !== null) await checkOutputFile(output);
  const all = await readImport(file);
  if (images !== null) {
    if (all.length > 1)
      throw new UserError(
        `--images: found with ${all.length} runs in ${file}; allowed: with a file of one run`,
      );
    return importWithImages(asImportedRun(all[0]!, file, name), all[0]!, { runsDir, images, output });
  }
  const store = openStore(runsDir);
  const runs: RunRecord[] = [];
  for (const results of all) {
    const own = all.length === 1 ? name : [name, results.name].filter(Boolean).join('-') || null;
    runs.push(await store.importRun(asImportedRun(results, file, own)));
  }
  if (output !== null) await writeDocument(output, runs.length === 1 ? runs[0] : runs);
  if (runs.length === 1) await tellRun(runsDir, runs[0]!, [...doubts(all), ...lacks(all[0]!)]);
  else {
    const lines = [...runs.map((run) => `  ${run.id}  ${run.state}`), ...doubts(all)];
    process.stdout.write(
      `Imported ${runs.length} runs:\n${lines.join('\n')}\nSee them: ${commandHint('runs list', runsDir)}\n`,
    );
  }
  return 0;
}

/** The same for predictions whose images are at hand. */
async function importWithImages(
  imported: ImportedRun,
  results: Results,
  { runsDir, images, output }: { runsDir: string; images: string; output: string | null },
): Promise<number> {
  const data = await folderSettings({ data: images, layout: null, set: [] });
  const listener = new AnalysisProgress(process.stderr, () => performance.now());
  const work = async (signal: AbortSignal) => {
    const cacheDir = join(runsDir, 'cache');
    const looked = await lookAtImported(imported, data, { cacheDir, listener, signal });
    listener.close();
    const run = await openStore(runsDir).importRun(looked.run);
    if (output !== null) await writeDocument(output, run);
    await tellRun(runsDir, run, [...looked.notes, ...doubts([results]), ...lacks(results, true)]);
  };
  try {
    return await untilStopped(work, () => {
      listener.note(stoppedNotice);
    });
  } finally {
    listener.close();
  }
}

async function tellRun(runsDir: string, run: RunRecord, notes: readonly string[]): Promise<void> {
  const reports = await runReports(openStore(runsDir), run);
  const width = terminalWidth(process.stdout);
  const figures = run.imported!.reports.validation ?? run.imported!.reports.test;
  const text = reports ? runReportText(reports, width) : figures ? onePartTable(figures, width) : '';
  const lines = notes.map((note) => `${note}\n`);
  const again = commandHint(`runs show ${run.id}`, runsDir);
  process.stdout.write(
    `${text === '' ? '' : `${text}\n\n`}${lines.join('')}Imported as run ${run.id}. See it again: ${again}\n`,
  );
}
