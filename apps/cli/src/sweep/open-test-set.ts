import { join } from 'node:path';
import { looksElsewhere, openTest, recordForecast, sealedChoice, type Sealed } from '@thaw/analysis';
import { forecastSentences, sweepDocument } from '@thaw/analysis/recorded';
import { counted, fixed, parameterList, UserError } from '@thaw/base';
import type { SettingsPaths } from '@thaw/experiment';
import { openStore, type FileStore } from '@thaw/tracking';
import { AnalysisProgress } from '../progress/analysis-progress.ts';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { saysYes } from '../report/says-yes.ts';
import { sweepReport } from '../report/sweep-report.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { stoppedNotice, untilStopped } from '../until-stopped.ts';

export interface OpenTestSetOptions {
  readonly sweep: string;
  readonly runsDir: string;
  /** Does not ask. */
  readonly yes: boolean;
  /** Where the images lie now, if not where the sweep's record says. */
  readonly moved: SettingsPaths | undefined;
  readonly output: string | null;
}

/**
 * Opens the sealed test set of a sweep for the trial that it has chosen, once the user has said yes, and prints what came out beside
 * the forecast. Returns the exit code.
 */
export async function openTestSet(options: OpenTestSetOptions): Promise<number> {
  const { sweep, runsDir, yes, moved, output } = options;
  if (output !== null) await checkOutputFile(output);
  const store = openStore(runsDir);
  const sealed = await sealedChoice(store, sweep);
  const listener = new AnalysisProgress(process.stderr, () => performance.now());
  const work = async (signal: AbortSignal) => {
    if (sealed) await openTest(store, sealed, { runsDir, why: 'asked', moved, listener, signal });
    listener.close();
    const ended = await store.sweep(sweep);
    if (output !== null) await writeDocument(output, sweepDocument(ended));
    const columns = terminalWidth(process.stdout);
    const text = await sweepReport(ended, { store, folder: store.sweepFolder(ended.id), runsDir, columns });
    process.stdout.write(`${text}\n`);
  };
  if (sealed && !yes && !(await agreed(store, sealed, runsDir))) {
    process.stdout.write('the test set stays sealed\n');
    return 0;
  }
  if (!sealed)
    process.stderr.write('The test set was opened for this trial before; nothing is predicted again.\n');
  try {
    return await untilStopped(work, () => {
      listener.note(stoppedNotice);
    });
  } finally {
    listener.close();
  }
}

async function agreed(store: FileStore, { run, sweep }: Sealed, runsDir: string): Promise<boolean> {
  const chosen = `trial ${run.number} of sweep ${sweep.id}`;
  if (!process.stdin.isTTY) {
    throw new UserError(
      `would open the test set for ${chosen}; whatever is chosen after that is chosen by it. Confirm with --yes`,
    );
  }
  const looks = sweep.openings.length + (await looksElsewhere(store, sweep));
  const forecast = await recordForecast(store, sweep.id, { cacheDir: join(runsDir, 'cache') });
  const lines = [
    `${chosen} (${parameterList(run.parameters) || run.id}) has validation accuracy ${fixed(run.summary.val_accuracy, 4)}.`,
    ...forecastSentences({ ...sweep, forecast }, null),
    looks === 0
      ? 'Nobody has looked at the test set. Whatever is chosen after that is chosen by it.'
      : `The test set was looked at before: ${counted(looks, 'time')} for this sweep and others on the same images.`,
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
  return saysYes('Open it?');
}
