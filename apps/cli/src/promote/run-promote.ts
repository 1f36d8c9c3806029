import { promote } from '@thaw/analysis';
import { openStore } from '@thaw/tracking';
import { AnalysisProgress } from '../progress/analysis-progress.ts';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import type { PromoteOptions } from './promote-options.ts';
import { promotionText } from './promotion-text.ts';

/** Promotes a run, or the best run of a sweep, and prints what it is. */
export async function runPromote({ output, ...options }: PromoteOptions): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const listener = new AnalysisProgress(process.stderr, () => performance.now());
  try {
    const document = await promote({ ...options, listener });
    listener.close();
    if (output !== null) await writeDocument(output, document);
    const run = await openStore(options.runsDir).run(document.run);
    process.stdout.write(`${promotionText(document, run, options.runsDir)}\n`);
  } finally {
    listener.close();
  }
}
