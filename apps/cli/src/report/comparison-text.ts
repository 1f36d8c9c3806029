import { comparisonSentences } from '@thaw/analysis/browser';
import { sizeOf, type CompareDocument } from '@thaw/analysis/recorded';
import { parameterList, percent, percentInterval, points, pointsInterval, pValue } from '@thaw/base';
import { renderTable, type Align } from './table.ts';

/** Runs side by side, every pair with what its difference is worth, and a sentence for each. */
export function comparisonText(document: CompareDocument, columns: number | null): string {
  const letters = new Map(document.runs.map(({ run }, i) => [run, letter(i)]));
  return [
    runTable(document, letters, columns),
    pairTable(document, letters, columns),
    comparisonSentences(document.comparisons, (run) => letters.get(run)!).join('\n'),
    document.notes.join('\n'),
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

type Letters = ReadonlyMap<string, string>;

function runTable(
  { runs, images, groups, grouping }: CompareDocument,
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
      validation ? percentInterval(validation.ci95) : '-',
      test ? percent(test.value) : '-',
      test ? percentInterval(test.ci95) : '-',
      parameterList(parameters),
    ]),
    columns,
  });
  return images === 0 ? table : `${table}\nTest: ${sizeOf({ images, groups: groups ?? images }, grouping)}.`;
}

function pairTable({ comparisons }: CompareDocument, letters: Letters, columns: number | null): string {
  return renderTable({
    head: ['pair', 'images', 'difference', '95 %', 'p', 'p corrected', ''],
    aligns: ['left', 'left', ...Array.from({ length: 4 }, (): Align => 'right'), 'left'],
    rows: comparisons.map(({ a, b, part, difference, ci95, p, p_corrected, verdict }) => [
      `${letters.get(a)!} - ${letters.get(b)!}`,
      part,
      points(difference),
      pointsInterval(ci95),
      pValue(p),
      pValue(p_corrected),
      verdict,
    ]),
    columns,
  });
}

/** A, B, ... Z, then R27, R28 and so on. */
function letter(i: number): string {
  return i < 26 ? String.fromCharCode(65 + i) : `R${i + 1}`;
}
