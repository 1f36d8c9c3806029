import * as z from 'zod';
import { Mistake, mistakeOf, type Path } from './json-mistake.ts';
import { readJsonPredictions } from './json-predictions.ts';
import {
  asTexts,
  columnsOf,
  tableOfJson,
  tableOfNamedRows,
  type JsonTable,
  isFields,
  type Fields,
} from './json-table.ts';
import { parseLooseJson } from './loose-json.ts';
import { columnNamed } from './column-names.ts';
import { epochsOf, readResultsJson, withPlaces } from './read-results-json.ts';
import { readTable } from './read-table.ts';
import { resultsOfReport } from './report-dict.ts';
import { resultsSchema } from './results-schema.ts';
import { someResults, type Results } from './results.ts';
import { readTabledEpochs } from './tabled-epochs.ts';

/** What `vars(model.fit(...))` has that JSON can have. */
const fieldsOfFit = ['history', 'epoch', 'params'];

/**
 * Keras's `History.history` or a list of them, scikit-learn's `output_dict`, results as Thaw documents them, columns or rows of
 * predictions, and any table that a CSV may have, in the layouts of pandas; as JSON or as Python prints it.
 */
export function readJson(text: string, file: string): Results[] {
  const { data, json } = parseLooseJson(text, file);
  if (Array.isArray(data) && data.length > 0 && data.every(isHistory))
    return data.map((each, i) => ({ ...readHistory(json, each, [i], file), name: `fit-${i + 1}` }));
  if (isFields(data)) {
    const known = readFields(json, data, file);
    if (known !== null) return [known];
  }
  const table = tableOfJson(data);
  const known = table && readJsonTable(table, file);
  if (known) return known;
  const rows =
    isFields(data) && !isOwn(data) && !Object.values(data).some(isHistory) ? tableOfNamedRows(data) : null;
  return (rows && readJsonTable(rows, file)) ?? [readResultsJson({ data, json }, file)];
}

/** Whether an object has a key of results as Thaw documents them, with more than a column below. */
function isOwn(data: Fields): boolean {
  return Object.keys(data).some((key) => key in resultsSchema.shape && !Array.isArray(data[key]));
}

/** What an object has that is not one table; null where it has something else. */
function readFields(json: string, data: Fields, file: string): Results | null {
  const columns = Object.keys(data);
  if (!isOwn(data) && Object.values(data).some(isScores))
    return withPlaces(json, file, () => resultsOfReport(data, file));
  const { history } = data;
  if (isFields(history) && columns.every((key) => fieldsOfFit.includes(key)))
    return readHistory(json, history, ['history'], file);
  if (isHistory(data)) return readHistory(json, data, [], file);
  const arePredictions = columnNamed(columns, 'labels') && columnNamed(columns, 'probabilities');
  return arePredictions && tableOfJson(data) === null ? readJsonPredictions(data, file) : null;
}

function readJsonTable(table: JsonTable, file: string): Results[] | null {
  const { columns, rows } = table;
  const [labels, probabilities] = [columnNamed(columns, 'labels'), columnNamed(columns, 'probabilities')];
  const at = columns.indexOf(probabilities ?? '');
  const isNested = rows.some((row) => typeof row[at] === 'object');
  if (labels && probabilities && isNested) return [readJsonPredictions(columnsOf(table), file)];
  const texts = asTexts(table);
  return readTable(texts, file) ?? (areCurves(table) ? [readTabledEpochs(texts, file)] : null);
}

/** Whether a table has numbers alone, under names of Keras and none of a report. */
function areCurves({ columns, rows }: JsonTable): boolean {
  if (columns.some((name) => ['f1-score', 'macro avg'].includes(name))) return false;
  if (!columns.some((name) => /^(val_.+|acc|accuracy)$/.test(name))) return false;
  return rows.every((row) => row.every((value) => figureOrList.safeParse(value).success));
}

function isScores(value: unknown): boolean {
  return isFields(value) && 'f1-score' in value;
}

/** Whether these are lists by name, and one of losses. */
function isHistory(value: unknown): value is Fields {
  return isFields(value) && 'loss' in value && Object.values(value).every((each) => Array.isArray(each));
}

const figure = z.number({ error: 'a number or null' }).nullable();
const figureOrList = z.union([figure, z.array(figure)], { error: 'a number or null' });
const historySchema = z.record(z.string(), z.array(figureOrList));

function readHistory(json: string, data: Fields, path: Path, file: string): Results {
  const parsed = historySchema.safeParse(data);
  return withPlaces(json, file, () => {
    if (!parsed.success) {
      const mistake = mistakeOf(parsed.error, data);
      throw new Mistake([...path, ...mistake.path], mistake.message);
    }
    // Which epoch it is, as pandas may have it beside.
    const curves = { ...parsed.data };
    delete curves['epoch'];
    const epochs = epochsOf(curves);
    if (epochs.length === 0) throw new Mistake([], 'found no epoch; allowed: at least one number a list');
    return someResults({ program: 'Keras', epochs });
  });
}
