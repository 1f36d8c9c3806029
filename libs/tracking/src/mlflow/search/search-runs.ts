import { invalid } from '../requests/mlflow-error.ts';
import { artifactUri } from '../operations/documents.ts';
import type { FoundRun } from '../runs/logged-runs.ts';
import { numericAttributes, readColumn, type Column } from './columns.ts';
import { numberTest, textTest } from './compare.ts';
import { parseFilter, type Clause } from './parse-filter.ts';

export interface RunQuery {
  readonly experimentIds: readonly string[];
  readonly filter: string;
  /** `metrics.loss DESC`; each a column and perhaps a direction, upwards without one. */
  readonly orderBy: readonly string[];
}

/**
 * The runs of the experiments that a filter is true for. A comparison, `!=` too, holds for no run that lacks what it asks for.
 * Sorted as asked, what is missing or NaN last, then the newest first and by id.
 */
export function searchRuns(
  runs: readonly FoundRun[],
  { experimentIds, filter, orderBy }: RunQuery,
): FoundRun[] {
  const tests = parseFilter(filter).map(clauseTest);
  const orders = orderBy.map(readOrder);
  const chosen = runs.filter(
    (run) => experimentIds.includes(run.state.experimentId) && tests.every((test) => test(run)),
  );
  return chosen.sort((a, b) => {
    for (const { column, descending } of orders) {
      const order = compare(valueOf(a, column), valueOf(b, column), descending);
      if (order !== 0) return order;
    }
    return b.state.startTime - a.state.startTime || (a.id < b.id ? -1 : 1);
  });
}

function clauseTest(clause: Clause): (run: FoundRun) => boolean {
  const column = readColumn(clause.column);
  const { kind, key } = column;
  if (kind === 'metric' || (kind === 'attribute' && numericAttributes.includes(key))) {
    const test = numberTest(clause);
    return (run) => withValue(valueOf(run, column), (value) => test(value as number));
  }
  if (Array.isArray(clause.value) && kind === 'attribute' && key !== 'run_id')
    throw invalid("Only the 'run_id' attribute supports comparison with a list of quoted string values.");
  const test = textTest(clause, kind === 'attribute' || kind === 'dataset');
  if (kind === 'dataset') return (run) => datasetValues(run, key).some(test);
  return (run) => withValue(valueOf(run, column), (value) => test(value as string));
}

function withValue(value: string | number | null, test: (value: string | number) => boolean): boolean {
  return value !== null && test(value);
}

function valueOf({ id, state }: FoundRun, { kind, key }: Column): string | number | null {
  if (kind === 'metric') return state.latest.get(key)?.value ?? null;
  if (kind === 'parameter') return state.params.get(key) ?? null;
  if (kind === 'tag') return state.tags.get(key) ?? null;
  const attributes: Record<string, string | number | null> = {
    start_time: state.startTime,
    end_time: state.endTime,
    run_id: id,
    run_name: state.name,
    status: state.status,
    user_id: state.userId,
    experiment_id: state.experimentId,
    artifact_uri: artifactUri({ id, state }),
  };
  return attributes[key] ?? null;
}

function datasetValues({ state }: FoundRun, key: string): string[] {
  interface Input {
    dataset?: Record<string, string>;
    tags?: { key: string; value: string }[];
  }
  return (state.datasets as Input[]).flatMap(({ dataset, tags }) => {
    if (key !== 'context') return dataset?.[key] ?? [];
    return (tags ?? []).flatMap((tag) => (tag.key === 'mlflow.data.context' ? [tag.value] : []));
  });
}

function readOrder(text: string): { column: Column; descending: boolean } {
  const [, column, direction] = /^\s*(.*?)(?:\s+(asc|desc))?\s*$/is.exec(text)!;
  const quotes = (column!.match(/["`]/g) ?? []).length;
  if (column === '' || (quotes === 0 && /\s/.test(column!)) || quotes % 2 === 1)
    throw invalid(`Invalid order_by clause '${text}'. Could not be parsed.`);
  return { column: readColumn(column!), descending: direction?.toLowerCase() === 'desc' };
}

function compare(a: string | number | null, b: string | number | null, descending: boolean): number {
  const last = (value: string | number | null) => (value === null ? 2 : Number.isNaN(value) ? 1 : 0);
  if (last(a) !== last(b)) return last(a) - last(b);
  if (a === null || b === null || a === b || last(a) > 0) return 0;
  return (a < b ? -1 : 1) * (descending ? -1 : 1);
}
