import { UserError } from '@thaw/base';
import type { ClassificationReport, ClassScores, Scores } from '@thaw/metrics';
import { completeReport } from './complete-report.ts';
import { averageNames, readRows, type Row } from './printed-rows.ts';
import { partOfFile } from './part-of-file.ts';
import { someResults, type Results } from './results.ts';

const head = /^\s*precision\s+recall\s+f1-score\s+support\s*$/;
/** What notebooks print beside a report, with more digits: `Test accuracy: 0.52795`. */
const exactAccuracy = /\baccuracy\b\s*[:=]?\s*(0?\.\d+|[01](?:\.\d+)?)\s*$/i;
const parts = { validation: /\bval(id|idation)?\b/i, test: /\btest(ing)?\b/i };

interface Printed {
  /** Of its head, from 1. */
  readonly line: number;
  readonly report: ClassificationReport;
  readonly part: 'validation' | 'test' | null;
}

/**
 * One report or two as scikit-learn's classification_report prints them, in one text. A line above a report that says validation
 * or test (and not both) tells which it is; where none does, validation comes first of two, and one is of what the file's name says,
 * else of test images. A UserError names the line of what is wrong.
 */
export function readPrintedReports(text: string, file: string): Results {
  const lines = text.split(/\r?\n/);
  const heads = lines.flatMap((line, i) => (head.test(line) ? [i] : []));
  if (heads.length !== 1 && heads.length !== 2) {
    throw new UserError(
      `${file}: found ${heads.length === 0 ? 'no' : heads.length} classification reports ` +
        `(a line "precision recall f1-score support" begins one); allowed: one or two, of validation and of test, or another format`,
      { remedy: { do: 'choose', what: 'format of results' } },
    );
  }
  const [first, second] = heads.map((start, i) =>
    readReport(
      lines,
      { from: i === 0 ? 0 : heads[i - 1]! + 1, start, end: heads[i + 1] ?? lines.length },
      file,
    ),
  ) as [Printed, Printed | undefined];
  if (second === undefined) {
    const part = first.part ?? partOfFile(file);
    return someResults({
      classes: first.report.perClass.map((each) => each.class),
      [part]: { report: first.report, loss: Number.NaN },
    });
  }
  if (first.part !== null && first.part === second.part) {
    throw new UserError(
      `${file}, line ${second.line}: found a second report of ${first.part} images; allowed: one of validation and one of test`,
    );
  }
  const swapped = first.part === 'test' || second.part === 'validation';
  const [validation, test] = swapped ? [second, first] : [first, second];
  const classes = validation.report.perClass.map((each) => each.class);
  const others = test.report.perClass.map((each) => each.class);
  if (classes.join('\n') !== others.join('\n')) {
    throw new UserError(
      `${file}, line ${test.line}: found the classes ${others.join(', ')}; allowed: those of the validation report, ${classes.join(', ')}`,
    );
  }
  return someResults({
    classes,
    validation: { report: validation.report, loss: Number.NaN },
    test: { report: test.report, loss: Number.NaN },
  });
}

function readReport(
  lines: readonly string[],
  { from, start, end }: { readonly from: number; readonly start: number; readonly end: number },
  file: string,
): Printed {
  const { rows, accuracy, last } = readRows(lines, { start, end }, file);
  const averages = new Map<string, Scores>();
  // Averages stand below the classes, of which one may have the name of an average.
  const isAverage = ({ name, block }: Row, i: number) =>
    averageNames.test(name) &&
    (rows.at(-1)!.block === 0 ? !rows.slice(i + 1).some((each) => each.name === name) : block > 0);
  const perClass: ClassScores[] = [];
  for (const [i, row] of rows.entries()) {
    if (isAverage(row, i)) averages.set(row.name, row.scores);
    else perClass.push({ class: row.name, ...row.scores });
  }
  if (perClass.length < 2) {
    throw new UserError(
      `${file}, line ${start + 1}: found ${perClass.length} classes in this report; allowed: two or more`,
    );
  }
  const around = [...lines.slice(last + 1, end), ...lines.slice(from, start).reverse()];
  const completed = completeReport({
    perClass,
    accuracy: moreExactly(accuracy, around),
    macro: averages.get('macro avg') ?? null,
    weighted: averages.get('weighted avg') ?? averages.get('avg / total') ?? null,
  });
  if ('contradiction' in completed) {
    throw new UserError(`${file}, line ${start + 1}: in this report, ${completed.contradiction}`);
  }
  return { line: start + 1, report: completed.report, part: partAbove(lines.slice(from, start)) };
}

/** The accuracy that a line near the report gives with more digits, where it rounds to what the report prints. */
function moreExactly(accuracy: number | null, around: readonly string[]): number | null {
  if (accuracy === null) return null;
  for (const line of around) {
    const found = exactAccuracy.exec(line)?.[1];
    if (found !== undefined && Math.abs(Number(found) - accuracy) <= 0.00501) return Number(found);
  }
  return accuracy;
}

/** The part that the nearest line above names. */
function partAbove(above: readonly string[]): Printed['part'] {
  for (const line of above.toReversed()) {
    const [validation, test] = [parts.validation.test(line), parts.test.test(line)];
    if (validation !== test) return validation ? 'validation' : 'test';
  }
  return null;
}
