import { join, resolve } from 'node:path';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { AnalysisProgress } from '../progress/analysis-progress.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { stoppedNotice, untilStopped } from '../until-stopped.ts';
import { leakageDocument, lookIntoFolder, writeContactSheets } from '@thaw/analysis';
import { tellSkipped } from '../report/tell-skipped.ts';
import { folderSettings, type FolderOptions } from './folder-settings.ts';
import { leakageReport } from './leakage-report.ts';

export interface LeakageOptions extends FolderOptions {
  readonly runsDir: string;
  readonly output: string | null;
}

/**
 * Finds images of one photograph in a folder and tells about them: text on standard output, pictures, a document. Returns the
 * exit code: 0, or that of the signal which stopped it; what was computed until then is kept.
 */
export async function runLeakage(options: LeakageOptions): Promise<number> {
  const { data, runsDir, output } = options;
  if (output !== null) await checkOutputFile(output);
  const settings = await folderSettings(options);
  const clock = () => performance.now();
  const begun = clock();
  const progress = new AnalysisProgress(process.stderr, clock);
  const work = async (signal: AbortSignal) => {
    const cacheDir = join(runsDir, 'cache');
    const { folder, leakage } = await lookIntoFolder(settings, { cacheDir, listener: progress, signal });
    const pictures = await writeContactSheets(leakage, {
      parent: join(runsDir, 'leakage'),
      onProgress: (done, total) => progress.count('pictures drawn', done, total),
    });
    progress.close();
    const seconds = (clock() - begun) / 1000;
    tellSkipped(folder);
    if (output !== null) {
      const document = leakageDocument(folder, leakage, { seconds, pictures: pictures?.folder ?? null });
      await writeDocument(output, document);
    }
    const columns = terminalWidth(process.stdout);
    const report = leakageReport(folder, leakage, { folder: resolve(data), seconds, pictures, columns });
    process.stdout.write(`${report}\n`);
  };
  try {
    return await untilStopped(work, () => {
      progress.note(stoppedNotice);
    });
  } finally {
    progress.close();
  }
}
