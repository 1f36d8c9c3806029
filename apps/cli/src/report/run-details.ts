import { duration, fixed, flatten, metricWords, parameterList, signed } from '@thaw/base';
import {
  groupingSentence,
  flatterySentences,
  type RunReports,
  type RunResults,
  type ValidationResults,
} from '@thaw/analysis/recorded';
import { metricNames, readSettings, type EpochRecord, type Summary } from '@thaw/experiment';
import type { Annotations, RunRecord, SweepRecord } from '@thaw/tracking';
import { accuracyTable } from './accuracy-table.ts';
import { figure } from './figure.ts';
import { known } from './known.ts';
import { runReportText } from './run-report-text.ts';
import { reportedSection, stepSection } from './run-steps.ts';
import { onePartTable } from './one-part-table.ts';
import { sparkline } from './sparkline.ts';
import { renderTable, type Align } from './table.ts';
import { testSetText } from './test-set-text.ts';
import { validationTable } from './validation-table.ts';

export interface RunDetails {
  readonly run: RunRecord;
  /** What users said of it. */
  readonly annotations: Annotations;
  readonly epochs: readonly EpochRecord[];
  /** Null for a run that has none yet. */
  readonly reports: RunReports | null;
  readonly results: RunResults | null;
  /** Of a run whose test set is sealed, or that has predictions on one part alone. */
  readonly validation: ValidationResults | null;
  /** Null for a run of its own, or where its sweep is gone. */
  readonly sweep: SweepRecord | null;
  readonly folder: string;
  /** Names of the files in the run's folder, `/` between parts. */
  readonly files: readonly string[];
}

/** Everything about one run, for reading. */
export function runDetails(
  { run, annotations, sweep, epochs, reports, results, validation, folder, files }: RunDetails,
  columns: number | null,
): string {
  const measured = results ?? validation;
  const flattered = measured ? flatterySentences(measured) : [];
  const sections = [
    outline(run, annotations),
    ...(flattered.length > 0 ? [flattered.join('\n')] : []),
    ...(run.settings ? [`Settings:\n${indented(flatten(readSettings(run.settings)))}`] : []),
    ...(run.provenance ? [`Provenance:\n${indented(flatten(run.provenance))}`] : []),
    ...epochSections(run, epochs, columns),
    ...(run.summary ? [metricSection(run.summary, columns), ...reportedSection(run.summary)] : []),
    ...(reports ? [runReportText(reports, columns)] : onePartTexts(run, columns)),
    ...(results ? [intervalSection(results, columns)] : []),
    ...(validation ? [intervalText(validationTable(validation, columns), validation)] : []),
    ...(sweep ? testSetText(sweep, run) : []),
    `Files in ${folder}:\n${files.map((file) => `  ${file}`).join('\n')}`,
  ];
  return sections.join('\n\n');
}

/** The report of an imported run that has figures of one part. */
function onePartTexts({ imported }: RunRecord, columns: number | null): string[] {
  return (['validation', 'test'] as const).flatMap((part) => {
    const report = imported?.reports[part];
    return report ? [`Per class on ${part} images:\n${onePartTable(report, columns)}`] : [];
  });
}

/** Every metric by part; `-` for what a run of before did not measure, and for a test set that nobody has looked at. */
function metricSection(summary: Summary, columns: number | null): string {
  const table = renderTable({
    head: ['', 'training', 'validation', 'test'],
    aligns: ['left', 'right', 'right', 'right'],
    rows: metricNames.map((name) => [
      metricWords(name),
      ...(['train', 'val', 'test'] as const).map((part) => fixed(known(summary[`${part}_${name}`]), 4)),
    ]),
    columns,
  });
  return `Metrics:\n${table}`;
}

function intervalSection(results: RunResults, columns: number | null): string {
  const { origin, unit } = results.grouping;
  const table = accuracyTable(results, origin === 'unknown' ? null : unit, columns);
  return intervalText(table, results);
}

function intervalText(table: string, { grouping }: Pick<RunResults, 'grouping'>): string {
  return ['With 95 % intervals:', table, groupingSentence(grouping)].join('\n');
}

function outline(run: RunRecord, { note, tags, archived }: Annotations): string {
  const { summary } = run;
  const lines = [
    `Run ${run.id}: ${run.state}${run.seconds === null ? '' : ` after ${duration(run.seconds)}`}`,
    run.error === null ? null : `Reason: ${run.error}`,
    run.sweep === null ? null : `Sweep: ${run.sweep}, trial ${run.number}`,
    `Created: ${run.created}`,
    Object.keys(run.parameters).length === 0 ? null : `Parameters: ${parameterList(run.parameters)}`,
    summary &&
      `Validation accuracy ${fixed(known(summary.val_accuracy), 4)}, ` +
        (run.sealed
          ? 'the test set is sealed'
          : `test accuracy ${fixed(known(summary.test_accuracy), 4)}, gap ${signed(known(summary.gap), 4)}`) +
        bestEpoch(run, summary),
    summary?.folds ? foldsLine(summary.folds) : null,
    run.imported && importedLine(run.imported),
    tags.length === 0 ? null : `Tags: ${tags.join(', ')}`,
    note === '' ? null : `Note: ${note}`,
    archived ? 'Archived: lists leave it out' : null,
  ];
  return lines.filter((line) => line !== null).join('\n');
}

function bestEpoch({ settings }: RunRecord, { best_epoch, epochs, folds }: Summary): string {
  if (settings === null) return '';
  return folds
    ? `, best epoch ${best_epoch} (median of ${folds.length} trainings with ${epochs} epochs in all)`
    : `, best epoch ${best_epoch} of ${epochs}`;
}

function foldsLine(folds: NonNullable<Summary['folds']>): string {
  const each = folds.map(
    ({ val_accuracy, best_epoch, images }) =>
      `${fixed(val_accuracy, 4)} (${images} images, best epoch ${best_epoch})`,
  );
  return `Folds: ${each.join(', ')}; validation accuracy is that of all out-of-fold predictions, test accuracy that of the mean of the folds' networks`;
}

function importedLine({ file, program, reports }: NonNullable<RunRecord['imported']>): string {
  const figures = (['validation', 'test'] as const).filter((part) => reports[part] !== null);
  const missing =
    figures.length === 0
      ? ''
      : `; figures only for ${figures.join(' and ')} images: intervals by groups, confusion matrices and calibration need predictions`;
  return `Imported from ${file}${program === null ? '' : ` (${program})`}${missing}`;
}

function epochSections(
  { imported, settings, summary }: RunRecord,
  epochs: readonly EpochRecord[],
  columns: number | null,
): string[] {
  if (epochs.length > 0 && settings === null) return [stepSection(epochs, columns)];
  if (epochs.length > 0) return [epochSection(epochs, summary, columns)];
  if (imported) return [];
  // A trial's summary is written behind its epochs.
  const ended = settings === null ? 0 : (summary?.epochs ?? 0);
  if (ended === 0) return ['No epoch has ended.'];
  return [`The epochs cannot be shown: ${ended} have ended, and metrics.jsonl, which holds them, has none.`];
}

const ownMetrics = ['loss', 'val_loss', 'accuracy', 'val_accuracy'];
const notDrawn = ['epoch', 'seconds', 'images_per_second', 'fold', 'fold_epoch'];

function epochSection(
  epochs: readonly EpochRecord[],
  summary: Summary | null,
  columns: number | null,
): string {
  const folds = epochs.some(({ fold }) => fold !== undefined);
  // Records of before know loss and accuracy alone.
  const names = new Set([...ownMetrics, ...epochs.flatMap((record) => Object.keys(record))]);
  const drawn = [...names].filter((name) => !notDrawn.includes(name));
  const width = Math.max(...drawn.map((name) => name.length));
  const curves = drawn.map((key) => {
    const values = epochs.map((record) =>
      Number((record as unknown as Record<string, unknown>)[key] ?? Number.NaN),
    );
    const ends = `${figure(values[0])} to ${figure(values.at(-1))}`;
    return `${key.padEnd(width)}  ${sparkline(values)}  ${ends}`;
  });
  const table = renderTable({
    head: [
      ...(folds ? ['fold'] : []),
      'epoch',
      'loss',
      'accuracy',
      'val loss',
      'val accuracy',
      'rate',
      'seconds',
      'images/s',
    ],
    aligns: Array.from({ length: folds ? 9 : 8 }, (): Align => 'right'),
    rows: epochs.map((record) => [
      ...(folds ? [String(record.fold)] : []),
      epochCell(record, summary),
      fixed(record.loss, 4),
      fixed(record.accuracy, 4),
      fixed(record.val_loss, 4),
      fixed(record.val_accuracy, 4),
      figure(record.learning_rate),
      fixed(record.seconds, 2),
      fixed(record.images_per_second, 0),
    ]),
    columns,
  });
  return `Epochs:\n${curves.join('\n')}\n${table}`;
}

/** The number of an epoch, within its fold where there are folds, marked where its weights are kept. */
function epochCell({ epoch, fold, fold_epoch = epoch }: EpochRecord, summary: Summary | null): string {
  const best = fold === undefined ? summary?.best_epoch : summary?.folds?.[fold - 1]?.best_epoch;
  return fold_epoch === best ? `* ${fold_epoch}` : String(fold_epoch);
}

function indented(pairs: readonly [string, unknown][]): string {
  const width = Math.max(...pairs.map(([path]) => path.length));
  return pairs
    .map(([path, value]) => {
      const text = value === null ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
      return `  ${path.padEnd(width)}  ${text}`;
    })
    .join('\n');
}
