import type { Distribution, DistributionName } from '../space/distributions.ts';
import { distributions } from '../space/distributions.ts';
import { jsonSchemaOf } from '../messages/json-schema.ts';
import { show } from '../messages/show.ts';
import { zodProblems } from '../messages/zod-problems.ts';
import { finiteValues, sampleValues } from '../space/space.ts';
import type { Tree, TreeMap } from '../yaml/tree.ts';
import { deepest, toPlain } from '../yaml/tree.ts';
import type { ReadingNotes, ReadParameter } from './read-parameter.ts';

/** A grid with more values than this for one parameter was hardly meant. */
export const mostValues = 10_000;

/** Reads a parameter whose values are drawn. Null when there are mistakes, each of which was noted. */
export function readDrawn(
  name: DistributionName,
  entry: TreeMap,
  note: ReadingNotes['mistake'],
): ReadParameter | null {
  const input = { ...(toPlain(entry) as object), distribution: name };
  const result = distributions[name].safeParse(input);
  if (!result.success) {
    const problems = zodProblems(result.error.issues, jsonSchemaOf(distributions[name]), input);
    for (const { path, message } of problems) {
      note(deepest(entry, path), path.map(String), message);
    }
    return null;
  }
  const parameter: Distribution = result.data;
  if ('min' in parameter && parameter.min >= parameter.max) {
    const { min, max } = parameter;
    note(
      entry.entries.get('min')!,
      ['min'],
      `found ${show(min)}; allowed: a number below max, which is ${show(max)}`,
    );
    return null;
  }
  if (isLogarithmsOfValues(parameter)) {
    const { min, max, distribution } = parameter;
    const [low, high] = sampleValues(parameter).map((value) => Number(value).toPrecision(3));
    note(
      entry.entries.get('distribution') ?? entry,
      ['distribution'],
      `found ${distribution} from ${show(min)} to ${show(max)}, which are exponents: it draws from ${low!} to ${high!}; ` +
        `allowed: ${distribution}_values, which takes the values themselves, or exponents such as ${Math.log(min).toFixed(1)}`,
    );
    return null;
  }
  const values = samplesOrNull(parameter);
  if (values === null) {
    const place = entry.entries.get('q') ?? entry;
    const found = show('q' in parameter ? parameter.q : undefined);
    note(place, ['q'], `found ${found}, of which no multiple lies between the ends; allowed: a smaller one`);
    return null;
  }
  const places = [entry.entries.get('min'), entry.entries.get('max')];
  return {
    parameter,
    samples: values.map((value, index) => ({
      kind: 'scalar',
      value,
      origin: (places[index] ?? entry).origin,
    })),
  };
}

/**
 * Whether somebody wrote values where exponents belong: as exponents they would span less than a factor of e above 1, which
 * nobody needs a logarithm for.
 */
function isLogarithmsOfValues(
  parameter: Distribution,
): parameter is Extract<Distribution, { distribution: `${'' | 'q_' | 'inv_'}log_uniform` }> {
  if (!/^(q_|inv_)?log_uniform$/.test(parameter.distribution) || !('min' in parameter)) return false;
  return parameter.min > 0 && parameter.max <= 1;
}

function samplesOrNull(parameter: Distribution): readonly unknown[] | null {
  try {
    return sampleValues(parameter);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * In a grid `q_uniform` is what W&B lists for it: from min in steps of q, max left out. Draws give multiples of q instead; a remark
 * says where the two differ.
 */
export function inGrid(read: ReadParameter, entry: TreeMap, remark: ReadingNotes['remark']): ReadParameter {
  const { parameter } = read;
  if (!('distribution' in parameter) || parameter.distribution !== 'q_uniform') return read;
  const { min, max, q } = parameter;
  const count = Math.ceil((max - min) / q);
  // A range too long for a grid is refused by its length, and is not listed for that.
  if (count > mostValues) return read;
  const values = Array.from({ length: count }, (_, index) => Number((min + index * q).toPrecision(12)));
  const drawn = finiteValues(parameter)!;
  if (drawn.length !== values.length || values.some((value, index) => drawn.at(index) !== value)) {
    const ends = values.length === 1 ? show(values[0]) : `${show(values[0])} to ${show(values.at(-1))}`;
    const drawnEnds = `${show(drawn.at(0))} to ${show(drawn.at(drawn.length - 1))}`;
    remark(
      `is ${ends} in a grid, from min in steps of q without max, as W&B lists q_uniform; where values are drawn it is ${drawnEnds}`,
    );
  }
  const scalar = (value: unknown): Tree => ({ kind: 'scalar', value, origin: entry.origin });
  return { parameter: { values }, samples: values.map(scalar) };
}
