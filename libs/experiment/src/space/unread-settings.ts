import { conditionOf, conditionalPaths } from './conditions.ts';
import type { SearchMetric } from '../experiment.ts';
import { metricGoal } from '../metrics.ts';
import { valueAt } from '../messages/json-schema.ts';
import type { SearchSpace } from './space.ts';
import { finiteValues } from './space.ts';

/** A sentence on each setting that stands in the file although no trial reads it, such as a momentum beside adam. */
export function unreadSettings(input: unknown, settings: unknown, parameters: SearchSpace): string[] {
  const varied = new Map(
    Object.entries(parameters).map(([path, parameter]) => [path, finiteValues(parameter)] as const),
  );
  const unread = conditionalPaths.flatMap((path) => {
    const given = valueAt(input, path.split('.'));
    // What is off asks for nothing.
    if (given === undefined || given === false) return [];
    const { never } = conditionOf(path, (other) => valueAt(settings, other.split('.')), varied);
    return never === null ? [] : [{ path, ...never }];
  });
  return unread
    .filter(({ path }) => !unread.some((other) => path.startsWith(`${other.path}.`)))
    .map(
      ({ path, other, wanted }) =>
        `${path} is read by no trial: only where ${other} is ${wanted.map(String).join(' or ')}`,
    );
}

/** Says that a goal takes the worst for the best. */
export function goalNotes({ name, goal }: Pick<SearchMetric, 'name' | 'goal'>): string[] {
  const usual = metricGoal(name);
  if (goal === usual) return [];
  const better = usual === 'minimize' ? 'less' : 'more';
  return [
    `metric.goal is ${goal}, so the worst trial will be called the best: of ${name} ${better} is better`,
  ];
}
