import { completeReport } from './complete-report.ts';
import { Mistake, mistakeOf } from './json-mistake.ts';
import { partOfFile } from './part-of-file.ts';
import { reportSchema } from './results-schema.ts';
import { someResults, type Results } from './results.ts';

/** The dictionary of scikit-learn's `classification_report(..., output_dict=True)`, of the part that the file's name says. Throws a Mistake. */
export function resultsOfReport(data: unknown, file: string): Results {
  const parsed = reportSchema.safeParse(withOneAccuracy(data));
  if (!parsed.success) throw mistakeOf(parsed.error, data);
  const { accuracy, 'macro avg': macro, 'weighted avg': weighted, ...others } = parsed.data;
  const perClass = Object.entries(others).flatMap(([name, scores]) =>
    ['micro avg', 'samples avg'].includes(name) || typeof scores !== 'object'
      ? []
      : [{ class: name, ...scores }],
  );
  if (perClass.length < 2) throw new Mistake([], `found ${perClass.length} classes; allowed: two or more`);
  const completed = completeReport({
    perClass,
    accuracy: accuracy ?? null,
    macro: macro ?? null,
    weighted: weighted ?? null,
  });
  if ('contradiction' in completed) throw new Mistake([], completed.contradiction);
  const part = { report: completed.report, loss: Number.NaN };
  return someResults({ classes: perClass.map((each) => each.class), [partOfFile(file)]: part });
}

/** pandas repeats accuracy for every score. */
function withOneAccuracy(data: unknown): unknown {
  const { accuracy } = data as { accuracy?: unknown };
  const isRepeated = typeof accuracy === 'object' && accuracy !== null && 'precision' in accuracy;
  return isRepeated ? { ...(data as object), accuracy: accuracy.precision } : data;
}
