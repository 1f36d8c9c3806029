import { UserError } from '@thaw/base';
import { cellNumber, isIndex, type Table } from './table.ts';
import { keyOf, Mistake } from './json-mistake.ts';
import { resultsOfReport } from './report-dict.ts';
import type { Results } from './results.ts';

const scores = ['precision', 'recall', 'f1-score', 'support'] as const;

/** Whether a table is what pandas writes of scikit-learn's report: a class a line (`DataFrame(report).T`), or a class a column. */
export function isTabledReport({ columns, rows }: Table): boolean {
  if (!isIndex(columns[0]!)) return false;
  const names = rows.map(({ values }) => values[0]!);
  return [columns, names].some((each) => scores.every((score) => each.includes(score)));
}

/** The report that a table of pandas has. A UserError names the line of what is wrong. */
export function readTabledReport({ columns, rows }: Table, file: string): Results {
  const byLine = columns.includes('precision');
  const names = byLine ? rows.map(({ values }) => values[0]!) : columns.slice(1);
  const report = names.map((name, i) => {
    const figures = scores.map((score) => {
      const row = byLine ? rows[i]! : rows.find(({ values }) => values[0] === score)!;
      const text = row.values[byLine ? columns.indexOf(score) : i + 1]!;
      const value = cellNumber(text);
      if (value !== null) return [score, Number.isNaN(value) ? null : value] as const;
      const found = `${file}, ${row.place}: ${score}: found ${JSON.stringify(text)}`;
      throw new UserError(`${found}; allowed: a number`);
    });
    return [name, Object.fromEntries(figures)] as const;
  });
  try {
    return resultsOfReport(Object.fromEntries(report), file);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    const row = rows[byLine ? names.indexOf(String(error.path[0])) : -1];
    const key = error.path.length > 0 ? `${keyOf(error.path)}: ` : '';
    throw new UserError(`${file}${row ? `, ${row.place}` : ''}: ${key}${error.message}`);
  }
}
