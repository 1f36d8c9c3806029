import { fixed } from '../report/format.ts';
import { renderTable, type Align } from '../report/table.ts';

export const outputFormats = ['table', 'json', 'csv'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** One image of `predict --output`. */
export interface PredictionDocument {
  readonly file: string;
  readonly label: string;
  readonly probabilities: Readonly<Record<string, number>>;
}

/** Predictions for reading or for a program, without a line break at the end. */
export function predictionText(
  predictions: readonly PredictionDocument[],
  labels: readonly string[],
  format: OutputFormat,
  columns: number | null,
): string {
  if (format === 'json') return JSON.stringify(predictions, null, 2);
  const head = ['file', 'label', ...labels];
  const rowsWith = (show: (probability: number) => string) =>
    predictions.map(({ file, label, probabilities }) => [
      file,
      label,
      ...labels.map((name) => show(probabilities[name]!)),
    ]);
  if (format === 'csv') {
    return [head, ...rowsWith(String)].map((row) => row.map(csvField).join(',')).join('\n');
  }
  const aligns: Align[] = ['left', 'left', ...labels.map((): Align => 'right')];
  return renderTable({ head, aligns, rows: rowsWith((value) => fixed(value, 4)), columns });
}

/** RFC 4180. */
function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
