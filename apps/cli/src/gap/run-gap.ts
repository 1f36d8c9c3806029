import { join } from 'node:path';
import { recordGap } from '@thaw/analysis';
import { forecastSentences } from '@thaw/analysis/recorded';
import { openStore } from '@thaw/tracking';
import { AnalysisProgress } from '../progress/analysis-progress.ts';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { stoppedNotice, untilStopped } from '../until-stopped.ts';
import type { GapOptions } from './gap-options.ts';
import { gapText } from './gap-text.ts';

/** Measures the gap of a run and prints what it found. Returns the exit code: 0, or that of the signal which stopped it. */
export async function runGap({ runsDir, output, ...options }: GapOptions): Promise<number> {
  if (output !== null) await checkOutputFile(output);
  const listener = new AnalysisProgress(process.stderr, () => performance.now());
  const work = async (signal: AbortSignal) => {
    const cacheDir = join(runsDir, 'cache');
    const store = openStore(runsDir);
    const document = await recordGap(store, { ...options, cacheDir, listener, signal });
    if (output !== null) await writeDocument(output, document);
    listener.close();
    const { number, summary } = await store.run(document.run);
    const sweep = document.sweep === null ? null : await store.sweep(document.sweep);
    const isOfRun = sweep?.forecast?.trial === number;
    const sentences = isOfRun ? forecastSentences(sweep, summary?.test_accuracy ?? null) : [];
    process.stdout.write(`${gapText(document, sentences, terminalWidth(process.stdout))}\n`);
  };
  try {
    return await untilStopped(work, () => {
      listener.note(stoppedNotice);
    });
  } finally {
    listener.close();
  }
}
