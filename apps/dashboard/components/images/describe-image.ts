import { percent } from '@thaw/base/browser';
import type { OtherRun } from '../../shape/images/agreement.ts';
import type { ImageTable } from '../../shape/images/image-table.ts';
import { splitWords } from '../../shape/images/image-filter.ts';

/** What is said of an image, in a few short lines: what it is, and what the runs took it for. */
export function describeImage(table: ImageTable, other: OtherRun | null, image: number): string[] {
  const label = table.classes[table.labels[image]!]!;
  const said = (predicted: number, confidence: number) => {
    const verb = predicted === table.labels[image] ? 'right' : `taken for ${table.classes[predicted]!}`;
    return Number.isNaN(confidence) ? verb : `${verb}, ${percent(confidence).replace(' ', '\u00a0')} sure`;
  };
  const lines = [`${label}, ${splitWords[table.splits[image]!]!}`];
  if (table.predicted[image]! >= 0) {
    lines.push(`${other ? 'A ' : ''}${said(table.predicted[image]!, table.confidence[image]!)}`);
  }
  if (other && other.predicted[image]! >= 0) {
    lines.push(`B ${said(other.predicted[image]!, other.confidence[image]!)}`);
  }
  return lines;
}
