import { printedName, UserError } from '@thaw/base';
import type { ClassScores } from '@thaw/metrics';

const number = String.raw`(\d+(?:\.\d+)?|nan)`;
const scoreLine = new RegExp(String.raw`^\s*(\S.*?)\s+${number}\s+${number}\s+${number}\s+(\d+)\s*$`);
const accuracyLine = new RegExp(String.raw`^\s*accuracy\s+${number}\s+(\d+)\s*$`);
/** Versions before 0.20 print "avg / total" for the weighted average. */
export const averageNames = /^(macro|weighted|micro|samples) avg$|^avg \/ total$/;

/** A line of scores; `block` counts the empty lines between those above it. */
export interface Row {
  readonly name: string;
  readonly scores: Omit<ClassScores, 'class'>;
  readonly block: number;
}

/**
 * The rows of a printed report, whose head is the line `start`, up to the line `end`. A name with a line break in it stands in several
 * lines. A UserError names the line of what is none.
 */
export function readRows(
  lines: readonly string[],
  { start, end }: { readonly start: number; readonly end: number },
  file: string,
): { rows: Row[]; accuracy: number | null; last: number } {
  const rows: Row[] = [];
  /** Lines that a name with line breaks begins with, and where. */
  let begun = null as { readonly text: string; readonly line: number } | null;
  let accuracy: number | null = null;
  let block = 0;
  let last = start;
  const hasAverages = () => rows.some(({ name }) => averageNames.test(name));
  for (let i = start + 1; i < end; i++) {
    const line = lines[i]!;
    const printed = accuracyLine.exec(line);
    const scores = scoreLine.exec(line);
    if (printed && begun === null) accuracy = Number(printed[1]);
    else if (scores) {
      const [, own, precision, recall, f1, support] = scores as unknown as [string, string, ...string[]];
      const name: string = begun === null ? own : `${begun.text}\n${own}`;
      begun = null;
      const read = {
        precision: score(precision!),
        recall: score(recall!),
        f1: score(f1!),
        support: Number(support),
      };
      const tooLarge = [read.precision, read.recall, read.f1].find((value) => value > 1);
      if (tooLarge !== undefined) {
        throw new UserError(
          `${file}, line ${i + 1}: found ${tooLarge} as a score of ${printedName(name)}; allowed: 0 to 1`,
        );
      }
      rows.push({ name, scores: read, block });
    } else if (line.trim() === '') {
      if (begun !== null) break;
      if (rows.length > 0 && rows.at(-1)!.block === block) block++;
      continue;
    } else if (accuracy !== null || (block > 0 && hasAverages())) break;
    else {
      const text = line.trim();
      begun = begun === null ? { text, line: i } : { line: begun.line, text: `${begun.text}\n${text}` };
      // What has figures is a row that cannot be read.
      if (/\d[.,]\d/.test(text)) break;
      continue;
    }
    last = i;
  }
  // Below averages stands what no report has.
  if (begun !== null && !hasAverages()) {
    throw new UserError(
      `${file}, line ${begun.line + 1}: found ${JSON.stringify(begun.text.split('\n')[0])} in a classification report; allowed: a class with precision, recall, f1-score and support`,
    );
  }
  return { rows, accuracy, last };
}

function score(text: string): number {
  return text === 'nan' ? Number.NaN : Number(text);
}
