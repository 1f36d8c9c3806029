import type { Experiment } from '../experiments.ts';
import { invalid } from '../requests/mlflow-error.ts';
import { numberTest, textTest } from './compare.ts';
import { parseFilter, type Clause } from './parse-filter.ts';
import type { View } from './search-fields.ts';

const texts = ['name', 'experiment_id'] as const;
const numbers = ['creation_time', 'last_update_time'] as const;

/** Experiments that a filter over name, creation_time, last_update_time and tags is true for; the newest first unless told otherwise. */
export function searchExperiments(
  experiments: readonly Experiment[],
  { view, filter, orderBy }: { view: View; filter: string; orderBy: readonly string[] },
): Experiment[] {
  const tests = parseFilter(filter).map(clauseTest);
  const orders = orderBy.map(readOrder);
  const chosen = experiments.filter(
    (each) =>
      (view === 'ALL' || (each.lifecycle_stage === 'active') === (view === 'ACTIVE_ONLY')) &&
      tests.every((test) => test(each)),
  );
  return chosen.sort((a, b) => {
    for (const { key, sign } of orders) if (a[key] !== b[key]) return a[key] < b[key] ? -sign : sign;
    return b.creation_time - a.creation_time || Number(b.experiment_id) - Number(a.experiment_id);
  });
}

function clauseTest(clause: Clause): (experiment: Experiment) => boolean {
  const [, tag] = /^tags?\.[`"]?(.*?)[`"]?$/s.exec(clause.column) ?? [];
  if (tag !== undefined) {
    const test = textTest(clause, false);
    return ({ tags }) => tags[tag] !== undefined && test(tags[tag]);
  }
  const key = readKey(clause.column);
  if (key === 'name' || key === 'experiment_id') {
    const test = textTest(clause, false);
    return (experiment) => test(experiment[key]);
  }
  const test = numberTest(clause);
  return (experiment) => test(experiment[key]);
}

function readOrder(text: string) {
  const [, column, direction] = /^\s*(\S+)(?:\s+(asc|desc))?\s*$/i.exec(text) ?? [];
  if (column === undefined) throw invalid(`Invalid order_by clause '${text}'. Could not be parsed.`);
  return { key: readKey(column), sign: direction?.toLowerCase() === 'desc' ? -1 : 1 };
}

function readKey(column: string): (typeof texts | typeof numbers)[number] {
  const name = column.replace(/^(attributes?|attr)\./, '').replace(/^[`"](.*)[`"]$/, '$1');
  const key = [...texts, ...numbers].find((each) => each === name);
  if (key) return key;
  throw invalid(
    `Invalid attribute key '${name}' specified. Valid keys are '${[...texts, ...numbers].join("', '")}'`,
  );
}
