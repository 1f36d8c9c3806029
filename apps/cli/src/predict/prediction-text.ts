import { csvText, fixed, jsonText, type CsvValue } from '@thaw/base';
import { renderTable, type Align } from '../report/table.ts';

export const outputFormats = ['table', 'json', 'csv'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** One image of `predict --output`. */
export interface PredictionDocument {
  readonly file: string;
  readonly label: string;
  readonly probabilities: Readonly<Record<string, number>>;
}

/** Predictions for reading or for a program, each line ended. */
export function predictionText(
  predictions: readonly PredictionDocument[],
  labels: readonly string[],
  format: OutputFormat,
  columns: number | null,
): string {
  if (format === 'json') return `${jsonText(predictions, 2)}\n`;
  const head = ['file', 'label', ...labels.map(columnOf)];
  const rowsWith = <T extends CsvValue>(show: (probability: number) => T) =>
    predictions.map(({ file, label, probabilities }) => [
      file,
      label,
      ...labels.map((name) => show(probabilities[name]!)),
    ]);
  if (format === 'csv')
    return csvText(
      head,
      rowsWith((value) => value),
    );
  const aligns: Align[] = ['left', 'left', ...labels.map((): Align => 'right')];
  return `${renderTable({ head, aligns, rows: rowsWith((value) => fixed(value, 4)), columns })}\n`;
}

/** A class that is called as a column of every prediction is told from that. */
function columnOf(label: string): string {
  return label === 'file' || label === 'label' ? `class ${label}` : label;
}
