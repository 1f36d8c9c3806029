import { UserError } from '@thaw/base';
import { plainValue } from './plain-value.ts';
import { someResults, type Results } from './results.ts';
import { cellNumber, type Table, type TableRow } from './table.ts';

const parameter = /^param_(.+)$/;
const figure =
  /^(?:(?:mean|std|rank|split\d+)_(?:test|train)_.+|(?:mean|std)_(?:fit|score)_time|n_resources|iter)$/;

/** Whether a table is `cv_results_` of scikit-learn's searches (GridSearchCV, RandomizedSearchCV, halving ones). */
export function isCvResults({ columns }: Table): boolean {
  return columns.some((name) => /^mean_test_./.test(name)) && columns.some((name) => parameter.test(name));
}

/**
 * A run for each candidate: its parameters, and its scores under scikit-learn's names, in which `test` are the folds that
 * validate. Parameters that a candidate lacks are left out; one that scored on no fold has failed.
 */
export function readCvResults({ columns, rows }: Table, file: string): Results[] {
  if (rows.length === 0)
    throw new UserError(`${file}: found a search without candidates; allowed: at least one`);
  return rows.map((row, i) => candidateOf(row, i, columns, file));
}

function candidateOf(
  { place, values }: TableRow,
  index: number,
  columns: readonly string[],
  file: string,
): Results {
  const figures: Record<string, number> = {};
  const parameters: Record<string, unknown> = {};
  for (const [i, column] of columns.entries()) {
    const text = values[i]!;
    const [, name] = parameter.exec(column) ?? [];
    if (name !== undefined && text !== '') parameters[name] = plainValue(text);
    if (!figure.test(column)) continue;
    const value = cellNumber(text);
    if (value === null)
      throw new UserError(`${file}, ${place}: ${column}: found ${JSON.stringify(text)}; allowed: a number`);
    figures[column] = value;
  }
  const scored = Object.entries(figures).some(
    ([name, value]) => /^split\d+_test_/.test(name) && !Number.isNaN(value),
  );
  const means = Object.entries(figures).some(
    ([name, value]) => name.startsWith('mean_test_') && !Number.isNaN(value),
  );
  const hasFailed = !scored && !means;
  return someResults({
    name: `candidate-${index}`,
    program: 'scikit-learn',
    parameters,
    figures,
    outcome: hasFailed
      ? {
          state: 'failed',
          error: 'scikit-learn scored it on no fold; its table does not say why',
          created: null,
          seconds: null,
        }
      : null,
  });
}
