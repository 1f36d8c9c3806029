import { UserError } from '@thaw/base';
import { outcomeTimes } from './outcome-times.ts';
import { cellNumber, type TableRow, type Table } from './table.ts';
import { plainValue } from './plain-value.ts';
import { someResults, type Outcome, type Results } from './results.ts';

const states: Readonly<Record<string, Outcome['state']>> = {
  finished: 'finished',
  failed: 'failed',
  crashed: 'failed',
  killed: 'interrupted',
  running: 'interrupted',
};

/** Columns that say what a run is and how it went. */
const facts = [
  'Name',
  'ID',
  'State',
  'Notes',
  'User',
  'Tags',
  'Created',
  'Runtime',
  'Sweep',
  'Hostname',
  'End Time',
  'Updated',
  'GPU Type',
  'Commit',
  'Github',
];
/** A word of a name: `valLoss` is read as `val_Loss`. */
const word = (words: string) => new RegExp(`(^|[_/. -])(${words})([_/. -]|$)`, 'i');
const measures = 'loss|acc|accuracy|auc|f1|precision|recall|error|mae|mse|rmse|iou|dice|score|perplexity';
const figureWord = word(`${measures}|runtime|step|epoch|timestamp`);
const figurePart = /^(train|val|valid|validation|test|best|eval|final)[_/.]|^_/i;
/** Whatever stands before it: `batch_loss`, `model_error`. */
const measureLast = new RegExp(`(^|[_/. -])(${measures})$`, 'i');
/** Also within a word, as in `numlayers` and `cropsize`: nothing that is measured is called so. */
const settingStem = /batch|layers|units|optimizer|dropout|seed|size|warmup/i;
const settingWord = word(
  '(learning|drop|decay|sampling|frame)[_ -]?rate|epochs|decay|momentum|backbone|model',
);

/** The table tells settings and figures apart by nothing but their names. */
function isFigureName(column: string): boolean {
  const name = column.replace(/([a-z0-9])(?=[A-Z])/g, '$1_');
  if (measureLast.test(name)) return true;
  if (settingStem.test(name) || settingWord.test(name)) return false;
  return figureWord.test(name) || figurePart.test(name);
}

/** Whether a table is that of runs as W&B's pages export it. */
export function isWandb({ columns }: Table): boolean {
  return ['Name', 'State', 'Created'].every((name) => columns.includes(name));
}

/** A run for each of W&B's table. Numbers whose names are of figures (loss, val_..., valAccuracy) are figures, everything else settings. */
export function readWandbRuns(table: Table, file: string): Results[] {
  if (table.rows.length === 0)
    throw new UserError(`${file}: found a table without runs; allowed: at least one`);
  return table.rows.map((row) => runOf(row, table.columns, file));
}

function runOf({ place, values }: TableRow, columns: readonly string[], file: string): Results {
  const cell = (name: string) => values[columns.indexOf(name)] ?? '';
  const state = states[cell('State').toLowerCase()];
  if (!state)
    throw new UserError(
      `${file}, ${place}: State: found ${JSON.stringify(cell('State'))}; allowed: ${Object.keys(states).join(', ')}`,
    );
  const figures: Record<string, number> = {};
  const parameters: Record<string, unknown> = {};
  for (const [i, column] of columns.entries()) {
    const text = values[i]!;
    if (facts.includes(column) || text === '') continue;
    const value = cellNumber(text);
    if (isFigureName(column) && value !== null) {
      if (!column.startsWith('_')) figures[column] = value;
    } else parameters[column] = plainValue(text);
  }
  const runtime = Number(cell('Runtime') || Number.NaN);
  const parsed = Date.parse(cell('Created'));
  const begun = Number.isNaN(parsed) ? null : parsed;
  const timeOf = (name: string, ms: number | null) => {
    return { ms, found: JSON.stringify(cell(name)), where: `${file}, ${place}: ${name}` };
  };
  const { created } = outcomeTimes(
    timeOf('Created', begun),
    timeOf('Runtime', Number.isFinite(runtime) ? (begun ?? 0) + 1000 * runtime : null),
  );
  return someResults({
    name: cell('Name') || null,
    program: 'W&B',
    parameters,
    figures,
    experiment: cell('Sweep') || null,
    outcome: {
      state,
      error: state === 'failed' ? `W&B says that the run ${cell('State').toLowerCase()}` : null,
      created,
      seconds: Number.isFinite(runtime) ? runtime : null,
    },
  });
}
