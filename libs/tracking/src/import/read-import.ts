import { readFile, stat } from 'node:fs/promises';
import { filesIn, UserError } from '@thaw/base';
import { readCsvTable } from './csv-table.ts';
import { isMlruns, readMlruns } from './mlruns.ts';
import { isNpy } from './numpy.ts';
import { refuseOtherFormat } from './other-formats.ts';
import { readPredictionNpy, readNpz } from './numpy-files.ts';
import { readPrintedReports } from './printed-reports.ts';
import { readJson } from './read-json.ts';
import { readTable } from './read-table.ts';
import type { Results } from './results.ts';
import { isEventFile, readOneEventFile, readTensorBoard } from './tensorboard.ts';

/**
 * What other programs left in a file or a folder, recognised by what is in it; most hold one run. A UserError names the file, the place,
 * what was found and what is allowed.
 */
export async function readImport(path: string): Promise<Results[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UserError(`${path}: found no file of this name`, { cause: error });
    throw new UserError(`${path} cannot be read: ${error.message}`, { cause: error });
  });
  if (found.isDirectory()) return readFolder(path);
  const bytes = await readFile(path).catch((error: Error) => {
    throw new UserError(`${path} cannot be read: ${error.message}`, { cause: error });
  });
  if (isNpy(bytes)) return [await readPredictionNpy(path)];
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return [await readNpz(bytes, path)];
  if (isEventFile(path)) return [readOneEventFile(bytes, path)];
  refuseOtherFormat(bytes, path);
  if (bytes.includes(0)) throw new UserError(`${path}: found a file of no kind that is known; ${kinds}`);
  return readText(bytes.toString('utf8').replace(/^\uFEFF/, ''), path);
}

const kinds =
  "allowed: JSON, csv, .npy, .npz, printed reports, TensorBoard's event files, and folders of event files or of MLflow (mlruns)";

async function readFolder(folder: string): Promise<Results[]> {
  if (await isMlruns(folder)) {
    const runs = await readMlruns(folder);
    if (runs.length > 0) return runs;
    throw new UserError(`${folder}: found no run that was not deleted; allowed: at least one`);
  }
  if ((await filesIn(folder)).some(isEventFile)) return readTensorBoard(folder);
  throw new UserError(
    `${folder}: found a folder; allowed: a file of results, or a folder of event files or of MLflow (mlruns)`,
  );
}

function readText(text: string, file: string): Results[] {
  if (text.trim() === '') throw new UserError(`${file}: found an empty file; ${kinds}`);
  if (/^\s*[{[]/.test(text)) return readJson(text, file);
  const head = text.split(/\r?\n/, 1)[0]!;
  if (/^\s*""?\s*$/.test(head) && text.trim().length <= 2)
    throw new UserError(
      `${file}: found a table without columns (Optuna writes a study without trials so); allowed: at least one run`,
    );
  if (!/[,;\t]/.test(head) || /precision\s+recall/.test(text)) return [readPrintedReports(text, file)];
  const table = readCsvTable(text, file);
  const results = readTable(table, file);
  if (results !== null) return results;
  throw new UserError(
    `${file}, line 1: found the columns ${table.columns.join(', ').slice(0, 200)}; allowed: those of Keras's CSVLogger (epoch, ...), of Optuna's trials, of MLflow's and W&B's runs, of scikit-learn's cv_results_, of a report (precision, recall, f1-score, support), or of predictions (file, label, group and a column a class)`,
  );
}
