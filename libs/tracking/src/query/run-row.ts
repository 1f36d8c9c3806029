import { figureColumn, parametersBeside } from '../records/own-columns.ts';
import type { RunRecord } from '../records/run-record.ts';

/** What a column may hold. Null where a run has nothing, or a figure that is no number. */
export type Value = string | number | boolean | null | readonly string[];

/** A run as a table shows it: columns by name, settings by their path. */
export type RunRow = Readonly<Record<string, Value>> & { readonly id: string };

type RowSource = Pick<
  RunRecord,
  | 'id'
  | 'sweep'
  | 'number'
  | 'state'
  | 'created'
  | 'seconds'
  | 'summary'
  | 'settings'
  | 'parameters'
  | 'error'
> & {
  readonly imported: { readonly program: string | null } | null;
  readonly logged?: RunRecord['logged'];
};

/** What a user said of a run. */
export interface Annotations {
  readonly note: string;
  readonly tags: readonly string[];
  readonly archived: boolean;
}

/** What is to become of a run's annotations; what is left out stays as it is. */
export interface AnnotationsChange {
  readonly note?: string | undefined;
  /** What `note` was written in place of: where another note stands by then, nothing is changed. */
  readonly noteWas?: string | undefined;
  /** All tags, in place of those that are there. */
  readonly tags?: readonly string[] | undefined;
  readonly addTags?: readonly string[] | undefined;
  readonly removeTags?: readonly string[] | undefined;
  readonly archived?: boolean | undefined;
}

export const noAnnotations: Annotations = { note: '', tags: [], archived: false };

/** Settings that are off or have settings of their own: such a path has a column of its own, whether it is on. */
const switches = ['augmentation', 'training.early_stopping'];

/** What no figure and no parameter may stand in the place of. */
const facts: readonly string[] = [
  'id',
  'sweep',
  'number',
  'state',
  'created',
  'seconds',
  'error',
  'tags',
  'note',
  'archived',
];

/**
 * Flattens a run: its own facts, its summary, its settings by path (`model.scenario`), then the parameters as the sweep named
 * them, which win over settings. What is called as a fact stands behind `metrics.` or `params.`, as does a parameter that is called as a
 * figure. Lists and objects among them become their JSON.
 */
export function runRow(run: RowSource, { note, tags, archived }: Annotations): RunRow {
  const row: Record<string, Value> & { id: string } = {
    id: run.id,
    sweep: run.sweep,
    number: run.number,
    state: run.state,
    created: run.created,
    seconds: run.seconds,
  };
  for (const [name, value] of Object.entries(run.summary ?? {})) {
    if (name !== 'folds') row[figureColumn(name, facts)] = plain(value);
  }
  if (run.settings) flatten(run.settings, '', row);
  const own = [...facts, ...(run.imported ? ['program'] : []), ...(run.logged ? ['experiment', 'name'] : [])];
  // A program of the user's own may have a parameter of any name.
  const beside = parametersBeside(Object.keys(run.summary ?? {}), Object.entries(run.parameters), own);
  for (const [path, value] of Object.entries(beside))
    row[path] = switches.includes(path) ? isOn(value) : plain(value);
  if (run.imported) row['program'] = run.imported.program ?? 'imported';
  if (run.logged) Object.assign(row, { experiment: run.logged.experiment, name: run.logged.name });
  return Object.assign(row, { error: run.error, tags, note: note === '' ? null : note, archived });
}

function flatten(value: object, prefix: string, row: Record<string, Value>): void {
  for (const [key, each] of Object.entries(value)) {
    const path = prefix + key;
    if (switches.includes(path)) row[path] = isOn(each);
    if (typeof each === 'object' && each !== null && !Array.isArray(each))
      flatten(each as object, `${path}.`, row);
    else if (!switches.includes(path)) row[path] = plain(each);
  }
}

const isOn = (value: unknown) => value !== null && value !== false;

function plain(value: unknown): Value {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}
