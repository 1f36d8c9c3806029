import { join } from 'node:path';
import { recordGap } from '@thaw/analysis';
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
    const document = await recordGap(openStore(runsDir), { ...options, cacheDir, listener, signal });
    if (output !== null) await writeDocument(output, document);
    listener.close();
    process.stdout.write(`${gapText(document, terminalWidth(process.stdout))}\n`);
  };
  try {
    return await untilStopped(work, () => {
      listener.note(stoppedNotice);
    });
  } finally {
    listener.close();
  }
}
