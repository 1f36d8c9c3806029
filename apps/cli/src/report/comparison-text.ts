import { counted, parameterList, percent } from '@thaw/base';
import { type CompareDocument, interval, points, pointsInterval } from '@thaw/analysis';
import type { ComparisonDocument } from '@thaw/metrics';
import { renderTable, type Align } from './table.ts';

/** Runs side by side, every pair with what its difference is worth, and a sentence for each. */
export function comparisonText(document: CompareDocument, columns: number | null): string {
  const letters = new Map(document.runs.map(({ run }, i) => [run, letter(i)]));
  return [
    runTable(document, letters, columns),
    pairTable(document, letters, columns),
    document.comparisons.map((comparison) => sentence(comparison, document, letters)).join('\n'),
    document.notes.join('\n'),
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

type Letters = ReadonlyMap<string, string>;

function runTable(
  { runs, images, groups }: CompareDocument,
  letters: Letters,
  columns: number | null,
): string {
  const table = renderTable({
    head: ['', 'run', 'validation', '95 %', 'test', '95 %', 'parameters'],
    aligns: ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
    rows: runs.map(({ run, parameters, validation, test }) => [
      letters.get(run)!,
      run,
      validation ? percent(validation.value) : '-',
      validation ? interval(validation.ci95) : '-',
      percent(test.value),
      interval(test.ci95),
      parameterList(parameters),
    ]),
    columns,
  });
  const of = groups === null ? '' : ` of ${counted(groups.test, 'group')}`;
  return `${table}\nTest: ${counted(images.test, 'image')}${of}.`;
}

function pairTable({ comparisons }: CompareDocument, letters: Letters, columns: number | null): string {
  return renderTable({
    head: ['pair', 'images', 'difference', '95 %', 'p', 'p corrected', ''],
    aligns: ['left', 'left', ...Array.from({ length: 4 }, (): Align => 'right'), 'left'],
    rows: comparisons.map(({ a, b, part, difference, ci95, p, p_corrected, real }) => [
      `${letters.get(a)!} - ${letters.get(b)!}`,
      part,
      points(difference),
      pointsInterval(ci95),
      pValue(p),
      pValue(p_corrected),
      real ? 'real' : 'may be chance',
    ]),
    columns,
  });
}

function sentence(
  { a, b, part, difference, p_corrected, real }: ComparisonDocument,
  { comparisons }: CompareDocument,
  letters: Letters,
): string {
  const pairs = comparisons.filter((each) => each.part === part).length;
  const corrected = pairs === 1 ? '' : ` after correction for ${pairs} pairs`;
  const [better, worse] = difference >= 0 ? [a, b] : [b, a];
  const size = `${points(Math.abs(difference)).replace('+', '')} points`;
  if (real) {
    return `On ${part} images ${letters.get(better)!} is better than ${letters.get(worse)!} by ${size}; that is more than chance (p ${pValue(p_corrected)}${corrected}).`;
  }
  return `On ${part} images the difference of ${size} between ${letters.get(a)!} and ${letters.get(b)!} may be chance (p ${pValue(p_corrected)}${corrected}).`;
}

function pValue(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

/** A, B, ... Z, then R27, R28 and so on. */
function letter(i: number): string {
  return i < 26 ? String.fromCharCode(65 + i) : `R${i + 1}`;
}
