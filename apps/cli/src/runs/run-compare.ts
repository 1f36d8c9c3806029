import { join } from 'node:path';
import { lookAgain } from '@thaw/analysis';
import { compareRuns } from '@thaw/analysis/recorded';
import { openStore } from '@thaw/tracking';
import { AnalysisProgress } from '../progress/analysis-progress.ts';
import { comparisonText } from '../report/comparison-text.ts';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { terminalWidth } from '../report/terminal-width.ts';

export interface RunCompareOptions {
  readonly runsDir: string;
  /** Ids, beginnings of them or `latest`; at least two different runs. */
  readonly runs: readonly string[];
  readonly output: string | null;
}

/** Compares runs and prints the comparison. */
export async function runCompare({ runsDir, runs, output }: RunCompareOptions): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const listener = new AnalysisProgress(process.stderr, () => performance.now());
  try {
    const store = openStore(runsDir);
    const cacheDir = join(runsDir, 'cache');
    const look = lookAgain(store, { cacheDir, listener });
    const document = await compareRuns(store, runs, { strict: true, cacheDir, look });
    if (output !== null) await writeDocument(output, document);
    listener.close();
    process.stdout.write(`${comparisonText(document, terminalWidth(process.stdout))}\n`);
  } finally {
    listener.close();
  }
}
