import { columnLabels, fixed, metricWords, parameterValue, signed } from '@thaw/base';
import { metricValue } from '@thaw/experiment';
import { isDeepStrictEqual } from 'node:util';
import type { LeakageRecord } from '@thaw/tracking';
import { known } from './known.ts';
import type { TrialDocument } from '@thaw/analysis/recorded';
import { renderTable, type Align } from './table.ts';

export interface TrialTableOptions {
  /** Dotted paths of the swept parameters, one column each, in the order of the experiment file. */
  readonly parameters: readonly string[];
  /** Number of the trial to mark with `*`. */
  readonly best: number | null;
  readonly leakage: readonly LeakageRecord[] | null;
  /** Whether trials leave the test images alone until one is chosen. */
  readonly sealed: boolean;
  /** What the best is chosen by; it has a column of its own unless it is one of the usual. */
  readonly metric: string;
  readonly columns: number | null;
}

/**
 * Trials by number with their parameters, the metric that they are chosen by, accuracies and gap, and below them the reason of each failed attempt. Where any split
 * leaks, a column says what share of each trial's validation images has a twin in training.
 */
export function trialTable(trials: readonly TrialDocument[], options: TrialTableOptions): string {
  const labels = columnLabels(options.parameters);
  const sorted = [...trials].sort((a, b) => a.number - b.number);
  const metric = options.metric === 'val_accuracy' ? null : options.metric;
  const leaks = options.leakage?.some(({ fraction }) => fraction > 0) ?? false;
  const numbers = [
    'epochs',
    ...(metric === null ? [] : [metricWords(metric)]),
    ...['val accuracy', 'test accuracy', 'gap'],
    ...(leaks ? ['val twins'] : []),
    'seconds',
  ];
  const table = renderTable({
    head: ['trial', ...options.parameters.map((path) => labels.get(path)!), 'state', ...numbers],
    aligns: [
      'right',
      ...options.parameters.map((): Align => 'left'),
      'left',
      ...numbers.map((): Align => 'right'),
    ],
    rows: sorted.map((trial) => [
      trial.number === options.best ? `* ${trial.number}` : String(trial.number),
      ...options.parameters.map((path) => parameterValue(trial.parameters[path])),
      trial.state,
      trial.summary ? String(trial.summary.epochs) : '-',
      ...(metric === null ? [] : [fixed(metricValue(metric, trial.summary), 4)]),
      fixed(known(trial.summary?.val_accuracy), 4),
      ...(isSealed(trial, options)
        ? ['sealed', '-']
        : [fixed(known(trial.summary?.test_accuracy), 4), signed(known(trial.summary?.gap), 4)]),
      ...(leaks ? [twins(trial, options.leakage!)] : []),
      fixed(trial.seconds, 1),
    ]),
    columns: options.columns,
  });
  const failures = sorted.flatMap(({ number, state, error, attempts }) => [
    ...attempts.map((attempt, i) => `trial ${number}, attempt ${i + 1} failed: ${attempt.error}`),
    ...(state === 'failed' ? [`trial ${number} failed: ${error ?? 'no reason was recorded'}`] : []),
  ]);
  return [table, ...failures].join('\n');
}

/** Whether nobody has looked at a trial's test images. */
function isSealed({ summary }: TrialDocument, { sealed }: TrialTableOptions): boolean {
  return sealed && summary !== null && Number.isNaN(summary.test_accuracy);
}

/** The share of a trial's validation images with a twin in training; `-` where nobody looked. */
function twins(trial: TrialDocument, leakage: readonly LeakageRecord[]): string {
  const record = leakage.find(({ parameters }) =>
    Object.entries(parameters).every(([path, value]) => isDeepStrictEqual(trial.parameters[path], value)),
  );
  return record ? `${fixed(100 * record.fraction, 0)} %` : '-';
}
