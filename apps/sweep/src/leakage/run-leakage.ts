import { join, resolve } from 'node:path';
import { findFolderLeakage, readFolder, type FolderLayout } from '@thaw/data';
import { checkOutputFile, writeDocument } from '../commands/output-file.ts';
import { phaseProgress } from '../progress/phase-progress.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { writeContactSheets } from './contact-sheets.ts';
import { leakageDocument } from './leakage-document.ts';
import { leakageReport } from './leakage-report.ts';

export interface LeakageOptions {
  readonly data: string;
  readonly layout: FolderLayout | null;
  readonly runsDir: string;
  readonly output: string | null;
}

/** Keras's usual fraction, and this program's default. */
const validationSplit = 0.2;

/** Finds images of one photograph in a folder and tells about them: text on standard output, pictures, a document. */
export async function runLeakage({ data, layout, runsDir, output }: LeakageOptions): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const clock = () => performance.now();
  const begun = clock();
  const cacheDir = join(runsDir, 'cache');
  const progress = phaseProgress(process.stderr, clock);
  try {
    const folder = await readFolder(data, {
      layout,
      cacheDir,
      onProgress: (done, total) => progress.update('images checked', done, total),
    });
    const leakage = await findFolderLeakage(folder, {
      cacheDir,
      validationSplit,
      onDetect: progress.update,
    });
    const pictures = await writeContactSheets(leakage, {
      parent: join(runsDir, 'leakage'),
      onProgress: (done, total) => progress.update('pictures drawn', done, total),
    });
    progress.close();
    const seconds = (clock() - begun) / 1000;
    for (const { name, reason } of folder.skipped) process.stderr.write(`left out: ${name}: ${reason}\n`);
    if (output !== null) {
      const document = leakageDocument(folder, leakage, { seconds, pictures: pictures?.folder ?? null });
      await writeDocument(output, document);
    }
    const columns = terminalWidth(process.stdout);
    const report = leakageReport(folder, leakage, { folder: resolve(data), seconds, pictures, columns });
    process.stdout.write(`${report}\n`);
  } finally {
    progress.close();
  }
}
