import type { Store, SweepRecord } from '@thaw/tracking';
import { duration } from './format.ts';
import { runReport, runReportText } from './prediction-report.ts';
import { sweepDocument, sweptParameters } from './sweep-document.ts';
import { trialTable } from './trial-table.ts';

export interface SweepReportOptions {
  readonly store: Pick<Store, 'run' | 'predictions'>;
  readonly folder: string;
  readonly boxed: boolean;
}

/** What a sweep came to: its trials, the best one class by class, and where everything is. */
export async function sweepReport(
  sweep: SweepRecord,
  { store, folder, boxed }: SweepReportOptions,
): Promise<string> {
  const document = sweepDocument(sweep);
  const table = trialTable(document.trials, {
    parameters: sweptParameters(sweep),
    best: document.best,
    boxed,
  });
  const best = document.trials.find((trial) => trial.number === document.best);
  const where = `Sweep ${sweep.id} (${sweep.state}, ${duration(sweep.seconds)}) is in ${folder}.`;
  if (!best?.run) return [table, 'No trial finished.', where].join('\n\n');
  const report = await runReport(store, await store.run(best.run));
  const { name, goal } = sweep.metric;
  return [
    table,
    `* The best trial, ${best.number}, has the ${goal === 'maximize' ? 'highest' : 'lowest'} ${name}.` +
      (report ? `\n${runReportText(report, boxed)}` : ''),
    `${where} The best trial: npx nx run runs show ${best.run}`,
  ].join('\n\n');
}
