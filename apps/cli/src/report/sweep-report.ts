import { pathsThatVaryValidation, sweptPaths } from '@thaw/experiment';
import type { RunStore, SweepRecord } from '@thaw/tracking';
import { commandHint } from './command-hint.ts';
import { duration } from '@thaw/base';
import { leakageText } from '@thaw/analysis';
import { noBestSentence, runReports, sweepDocument } from '@thaw/analysis/recorded';
import { setWords } from '../remedy-text.ts';
import { runReportText } from './run-report-text.ts';
import { testSetText } from './test-set-text.ts';
import { trialTable } from './trial-table.ts';

export interface SweepReportOptions {
  readonly store: Pick<RunStore, 'run' | 'predictions'>;
  readonly folder: string;
  readonly runsDir: string;
  readonly columns: number | null;
}

/** What a sweep came to: its trials, the best one class by class, and where everything is. */
export async function sweepReport(
  sweep: SweepRecord,
  { store, folder, runsDir, columns }: SweepReportOptions,
): Promise<string> {
  const document = sweepDocument(sweep);
  const table = trialTable(document.trials, {
    parameters: sweptPaths(sweep.parameters),
    best: document.best,
    leakage: document.leakage,
    sealed: document.test !== 'each',
    metric: sweep.metric.name,
    columns,
  });
  const leakage = leakageText(document.leakage, setWords);
  const tables = leakage.length === 0 ? [table] : [table, leakage.join('\n')];
  const best = document.trials.find((trial) => trial.number === document.best);
  const where = `Sweep ${sweep.id} (${sweep.state}, ${duration(sweep.seconds)}) is in ${folder}.`;
  const finished = document.trials.filter(({ state }) => state === 'finished');
  if (!best?.run) return [...tables, noBestSentence(sweep, finished.length), where].join('\n\n');
  const reports = await runReports(store, await store.run(best.run));
  const { name, goal } = sweep.metric;
  return [
    ...tables,
    `* The best trial, ${best.number}, has the ${goal === 'maximize' ? 'highest' : 'lowest'} ${name}.${otherImages(pathsThatVaryValidation(finished))}` +
      (reports ? `\n${runReportText(reports, columns)}` : ''),
    ...testSetText(sweep, best),
    `${where} The best trial: ${commandHint(`runs show ${best.run}`, runsDir)}`,
  ].join('\n\n');
}

function otherImages(paths: readonly string[]): string {
  if (paths.length === 0) return '';
  return ` Trials differ in ${paths.join(' and ')}, so not all have the same validation images: a trial that looks worse may only have had harder ones.`;
}
