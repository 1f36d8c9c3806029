import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { UserError } from '@thaw/base';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { prefixed, type Figures, type Summary } from '@thaw/experiment';
import { evaluate } from '@thaw/metrics';
import {
  openStore,
  type PartResults,
  readPrintedReports,
  readResultsJson,
  type Results,
} from '@thaw/tracking';
import { runReports } from '@thaw/analysis/recorded';
import { runReportText } from '../report/run-report-text.ts';
import { terminalWidth } from '../report/terminal-width.ts';

export interface ImportRunOptions {
  readonly runsDir: string;
  readonly file: string;
  /** Null: what the file says, else the file's name. */
  readonly name: string | null;
  readonly output: string | null;
}

/** Makes a run of another program's results, JSON or printed reports, and prints its gap per class. */
export async function importRun({ runsDir, file, name, output }: ImportRunOptions): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const results = readResults(await textOf(file), file);
  const { validation, test } = results;
  const store = openStore(runsDir);
  const run = await store.importRun({
    name: name ?? results.name ?? basename(file, extname(file)),
    file: basename(file),
    program: results.program,
    parameters: results.parameters,
    classes: results.classes,
    summary: summaryOf(results),
    epochs: results.epochs,
    reports: { validation: reportOf(validation), test: reportOf(test) },
    predictions: { validation: rowsOf(validation), test: rowsOf(test) },
  });
  if (output !== null) await writeDocument(output, run);
  const reports = await runReports(store, run);
  const text = reports && runReportText(reports, terminalWidth(process.stdout));
  process.stdout.write(
    `${text}\n\nImported as run ${run.id}. See it again: npx nx run runs show ${run.id}\n`,
  );
}

function readResults(text: string, file: string): Results {
  return /^\s*[{[]/.test(text) ? readResultsJson(text, file) : readPrintedReports(text, file);
}

async function textOf(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UserError(`${file}: found no file of this name`, { cause: error });
    if (code === 'EISDIR')
      throw new UserError(`${file}: found a folder; allowed: a file of results`, { cause: error });
    throw new UserError(`${file} cannot be read: ${message}`, { cause: error });
  }
}

function summaryOf({ classes, epochs, ...results }: Results): Summary {
  const [validation, test] = [results.validation, results.test].map((part) => {
    if ('report' in part) return { accuracy: part.report.accuracy, loss: part.loss };
    const labels = part.rows.map(({ label }) => classes.indexOf(label));
    return evaluate(
      labels,
      part.rows.map(({ probabilities }) => probabilities),
    );
  }) as [Known, Known];
  return {
    epochs: epochs.length > 0 ? epochs.length : Number.NaN,
    best_epoch: Number.NaN,
    train_accuracy: Number.NaN,
    train_loss: Number.NaN,
    ...prefixed('val_', validation),
    ...prefixed('test_', test),
    gap: validation.accuracy - test.accuracy,
  };
}

/** Of reports that were imported as figures, nothing but accuracy and loss. */
type Known = Figures<''> & { readonly accuracy: number; readonly loss: number };

function reportOf(part: PartResults) {
  return 'report' in part ? { ...part.report, perClass: [...part.report.perClass] } : null;
}

function rowsOf(part: PartResults) {
  return 'rows' in part ? part.rows : null;
}
