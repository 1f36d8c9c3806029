import { posix } from 'node:path';
import { invalid } from './mlflow-error.ts';

/** The longest names and values, in characters, that MLflow's stores keep. */
export const limits = { key: 250, param: 6000, tag: 8000, experimentName: 500, batch: 1000, pairs: 100 };

const characters =
  'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:), and slashes (/).';
const wordCharacters = /^[\p{L}\p{N}_/.\- :]*$/u;

/** A name of a metric, parameter or tag, which also has to be a relative path that leads nowhere else. `Metric` begins the message. */
export function checkName(kind: 'metric' | 'parameter' | 'tag', name: string): void {
  if (!wordCharacters.test(name)) throw invalid(`Invalid ${kind} name: '${name}'. ${characters}`);
  const path = posix.normalize(name);
  if (path !== name || name.endsWith('/') || path === '.' || path.startsWith('..') || path.startsWith('/'))
    throw invalid(
      `Invalid ${kind} name: '${name}'. Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '${path.replace(/(.)\/$/, '$1')}'`,
    );
  const words = { metric: 'Metric name', parameter: 'Param key', tag: 'Tag key' }[kind];
  const length = [...name].length;
  if (length > limits.key)
    throw invalid(
      `${words} '${name.slice(0, 250)}' had length ${length}, which exceeded length limit of ${limits.key}`,
    );
}

/** A longer value is cut, as MLflow's stores do. */
export function cut(value: string, limit: number): string {
  return value.length <= limit ? value : [...value].slice(0, limit).join('');
}
