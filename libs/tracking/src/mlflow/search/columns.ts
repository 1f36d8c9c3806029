import { invalid } from '../requests/mlflow-error.ts';

export type ColumnKind = 'metric' | 'parameter' | 'tag' | 'attribute' | 'dataset';

export interface Column {
  readonly kind: ColumnKind;
  readonly key: string;
}

const kindNames: Readonly<Record<string, ColumnKind>> = {
  ...{ metric: 'metric', metrics: 'metric', tag: 'tag', tags: 'tag' },
  ...{ parameter: 'parameter', parameters: 'parameter', param: 'parameter', params: 'parameter' },
  ...{ attribute: 'attribute', attributes: 'attribute', attr: 'attribute', run: 'attribute' },
  ...{ dataset: 'dataset', datasets: 'dataset' },
};

/** Other names that attributes have. */
const sameAs: Readonly<Record<string, string>> = {
  ...{ created: 'start_time', Created: 'start_time' },
  ...{ 'run name': 'run_name', 'Run name': 'run_name', 'Run Name': 'run_name' },
};

export const numericAttributes = ['start_time', 'end_time'];
const attributes = [
  ...numericAttributes,
  'run_id',
  'run_name',
  'status',
  'user_id',
  'artifact_uri',
  'experiment_id',
];
const datasetKeys = ['name', 'digest', 'context'];

/** What `metrics.loss`, `params."my key"`, `` tag.`a b` `` or `start_time` names. */
export function readColumn(text: string): Column {
  const dot = /^[\w`]+\./.test(text) ? text.indexOf('.') : -1;
  const kindText = dot < 0 ? 'attribute' : unquoted(text.slice(0, dot));
  const kind = kindNames[kindText];
  if (!kind)
    throw invalid(
      `Invalid entity type '${kindText}'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']`,
    );
  const given = unquoted(dot < 0 ? text : text.slice(dot + 1));
  const key = kind === 'attribute' ? (sameAs[given] ?? given) : given;
  if (kind === 'attribute' && !attributes.includes(key))
    throw invalid(`Invalid attribute key '${key}' specified. Valid keys are '${attributes.join("', '")}'`);
  if (kind === 'dataset' && !datasetKeys.includes(key))
    throw invalid(`Invalid dataset key '${key}' specified. Valid keys are '${datasetKeys.join("', '")}'`);
  return { kind, key };
}

function unquoted(text: string): string {
  return /^(["'`]).*\1$/s.test(text) ? text.slice(1, -1) : text;
}
