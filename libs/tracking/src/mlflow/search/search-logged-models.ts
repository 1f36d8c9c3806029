import type { LoggedModel } from '../logged-models.ts';
import { invalid } from '../requests/mlflow-error.ts';
import { numberTest, textTest } from './compare.ts';
import { parseFilter, type Clause } from './parse-filter.ts';

export interface LoggedModelQuery {
  readonly experimentIds: readonly string[];
  readonly filter: string;
  readonly orderBy: readonly { readonly field: string; readonly ascending: boolean }[];
}

type Value = (model: LoggedModel) => string | number | null;

const texts = ['model_id', 'name', 'model_type', 'source_run_id', 'experiment_id'] as const;
/** Under every name that MLflow has for them. */
const numbers: Readonly<Record<string, 'created' | 'updated'>> = {
  creation_time: 'created',
  creation_timestamp: 'created',
  creation_timestamp_ms: 'created',
  last_updated_timestamp: 'updated',
  last_updated_timestamp_ms: 'updated',
};

/**
 * The models of the experiments that a filter over attributes, params and tags is true for. A comparison, `!=` too, holds for no
 * model that lacks what it asks for. Sorted as asked, what is missing last, then the newest first.
 */
export function searchLoggedModels(
  models: readonly LoggedModel[],
  { experimentIds, filter, orderBy }: LoggedModelQuery,
): LoggedModel[] {
  const tests = parseFilter(filter).map(clauseTest);
  const orders = orderBy.map(({ field, ascending }) => {
    return { value: readField(field).value, sign: ascending ? 1 : -1 };
  });
  const chosen = models.filter(
    (model) => experimentIds.includes(model.experiment_id) && tests.every((test) => test(model)),
  );
  return chosen.sort((a, b) => {
    for (const { value, sign } of orders) {
      const [left, right] = [value(a), value(b)];
      if (left === right) continue;
      if (left === null || right === null) return left === null ? 1 : -1;
      return left < right ? -sign : sign;
    }
    return b.created - a.created;
  });
}

function clauseTest(clause: Clause): (model: LoggedModel) => boolean {
  const { isNumber, value } = readField(clause.column);
  const test = (isNumber ? numberTest(clause) : textTest(clause, true)) as (
    found: string | number,
  ) => boolean;
  return (model) => {
    const found = value(model);
    return found !== null && test(found);
  };
}

/** What `params.lr`, `` tags.`my key` ``, `attributes.name` or `name` is of a model. */
function readField(field: string): { isNumber: boolean; value: Value } {
  const [, type = 'attributes', rest = ''] = /^(?:([a-z]+)\.)?(.+)$/s.exec(field) ?? [];
  const key = rest.replace(/^([`"])(.*)\1$/s, '$2');
  const known = type === 'params' || type === 'tags' ? type : null;
  if (known)
    return {
      isNumber: false,
      value: (model) => (Object.hasOwn(model[known], key) ? model[known][key]! : null),
    };
  if (type === 'metrics')
    throw invalid(`'${field}': metrics are kept of runs here, not of logged models; search runs for them`);
  if (type !== 'attributes')
    throw invalid(
      `Invalid entity type: '${type}'. Expected one of ['attributes', 'metrics', 'params', 'tags'].`,
    );
  if (Object.hasOwn(numbers, key)) {
    const number = numbers[key]!;
    return { isNumber: true, value: (model) => model[number] };
  }
  const text = texts.find((each) => each === key);
  if (text) return { isNumber: false, value: (model) => model[text] };
  const allowed = [...texts, ...Object.keys(numbers)].join("', '");
  throw invalid(`Invalid attribute key '${key}' specified. Valid keys are '${allowed}'`);
}
