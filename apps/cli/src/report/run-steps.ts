import { fixed } from '@thaw/base';
import { metricNamesOf, type EpochRecord, type Summary } from '@thaw/experiment';
import { figure } from './figure.ts';
import { known } from './known.ts';
import { sparkline } from './sparkline.ts';
import { renderTable, type Align } from './table.ts';

type Figures = Readonly<Record<string, number | undefined>>;

/** Figures that other sections show. */
const elsewhere: readonly string[] = [
  ...(['train_', 'val_', 'test_'] as const).flatMap(metricNamesOf<string>),
  ...['epochs', 'best_epoch', 'gap', 'folds'],
];

/** The metrics of a run that Thaw has not trained, under the names that it gave them: a curve each, and a line for every step. */
export function stepSection(epochs: readonly EpochRecord[], columns: number | null): string {
  const records = epochs as readonly unknown[] as readonly Figures[];
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))].filter(
    (name) => name !== 'epoch' && records.some((record) => known(record[name]) !== null),
  );
  const width = Math.max(0, ...names.map((name) => name.length));
  const curves = names.map((name) => {
    const values = records.map((record) => record[name] ?? Number.NaN);
    const said = values.filter((value) => !Number.isNaN(value));
    return `${name.padEnd(width)}  ${sparkline(values)}  ${figure(said[0])} to ${figure(said.at(-1))}`;
  });
  const table = renderTable({
    head: ['step', ...names],
    aligns: ['right', ...names.map((): Align => 'right')],
    rows: records.map((record) => [
      String(record['epoch']),
      ...names.map((name) => figure(known(record[name]))),
    ]),
    columns,
  });
  return `Steps:\n${[...curves, table].join('\n')}`;
}

/** What a run came to beside the figures that all runs have; nothing for one of Thaw's own. */
export function reportedSection(summary: Summary): string[] {
  const figures = Object.entries(summary as unknown as Figures).filter(([name]) => !elsewhere.includes(name));
  if (figures.length === 0) return [];
  const width = Math.max(...figures.map(([name]) => name.length));
  return [
    `Reported:\n${figures.map(([name, value]) => `  ${name.padEnd(width)}  ${fixed(value, 4)}`).join('\n')}`,
  ];
}
