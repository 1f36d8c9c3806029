import type { Choices, Parameter } from '../experiment.ts';
import type { Distribution, DistributionName } from '../space/distributions.ts';
import { distributions } from '../space/distributions.ts';
import { zodProblems } from '../messages/zod-problems.ts';
import { jsonSchemaOf } from '../messages/json-schema.ts';
import { didYouMean, nearest } from '../messages/nearest.ts';
import { sampleValues } from '../space/space.ts';
import { show } from '../messages/show.ts';
import type { Tree, TreeMap } from '../yaml/tree.ts';
import { deepest, toPlain } from '../yaml/tree.ts';

/** A parameter as it stands in the file: what it is, and values that show what it can be, each with its place. */
export interface ReadParameter {
  readonly parameter: Parameter;
  readonly samples: readonly Tree[];
}

type Note = (tree: Tree, path: readonly string[], message: string) => void;

const listing = ['categorical', 'categorical_w_probabilities', 'constant'] as const;
const names = [...listing, ...(Object.keys(distributions) as DistributionName[])];
const keysOfListing = {
  categorical: ['values'],
  categorical_w_probabilities: ['values', 'probabilities'],
  constant: ['value'],
};
/** What a parameter looks like. */
export const wanted = '{values: [...]}, {value: ...}, {min: ..., max: ...} or {distribution: NAME, ...}';
const everyKey = [
  'values',
  'value',
  'probabilities',
  'distribution',
  'min',
  'max',
  'mu',
  'sigma',
  'q',
  'a',
  'b',
];

/** Reads what W&B calls a parameter. Null when there are mistakes, each of which was noted. */
export function readParameter(entry: TreeMap, note: Note): ReadParameter | null {
  const unknown = [...entry.entries].filter(([key]) => !everyKey.includes(key));
  for (const [key, tree] of unknown) {
    const near = didYouMean(nearest(key, [...everyKey, 'parameters']));
    note(tree, [key], `found an unknown key; allowed: ${everyKey.join(', ')}, parameters${near}`);
  }
  if (unknown.length > 0) return null;
  const name = distributionName(entry, note);
  if (name === null) return null;
  const keys = isListing(name) ? keysOfListing[name] : keysOfDistribution(name);
  const strangers = [...entry.entries].filter(([key]) => key !== 'distribution' && !keys.includes(key));
  for (const [key, tree] of strangers) {
    note(tree, [key], `found a key that does not go with ${name}; allowed: ${keys.join(', ')}`);
  }
  if (strangers.length > 0) return null;
  if (!isListing(name)) return readDrawn(name, entry, note);
  const missing = keys.find((key) => !entry.entries.has(key));
  if (missing === undefined) return readListed(name, entry, note);
  note(entry, [], `found no ${missing}; allowed: ${name} with ${keys.join(' and ')}`);
  return null;
}

function isListing(name: string): name is (typeof listing)[number] {
  return listing.some((each) => each === name);
}

/** The distribution that is named, or that the keys stand for as in W&B: whole numbers as ends are `int_uniform`. */
function distributionName(entry: TreeMap, note: Note): (typeof names)[number] | null {
  const { entries } = entry;
  const named = entries.get('distribution');
  if (named !== undefined) {
    const found = toPlain(named);
    const name = names.find((each) => each === found);
    if (name !== undefined) return name;
    const near = typeof found === 'string' ? nearest(found, names) : null;
    note(named, ['distribution'], `found ${show(found)}; allowed: ${names.join(', ')}${didYouMean(near)}`);
    return null;
  }
  if (entries.has('values') && entries.has('value')) {
    note(entry, [], `found both values and value; allowed: ${wanted}`);
    return null;
  }
  if (entries.has('values'))
    return entries.has('probabilities') ? 'categorical_w_probabilities' : 'categorical';
  if (entries.has('value')) return 'constant';
  const ends = [entries.get('min'), entries.get('max')];
  if (ends.some((end) => end !== undefined)) return ends.every(isWhole) ? 'int_uniform' : 'uniform';
  note(entry, [], `found no values; allowed: ${wanted}`);
  return null;
}

/** W&B takes 1 for a whole number and 1.0 for a real one. */
function isWhole(tree: Tree | undefined): boolean {
  return tree?.kind === 'scalar' && Number.isInteger(tree.value) && !/[.e]/i.test(tree.written ?? '');
}

function keysOfDistribution(name: DistributionName): string[] {
  return Object.keys(distributions[name].shape).filter((key) => key !== 'distribution');
}

function readDrawn(name: DistributionName, entry: TreeMap, note: Note): ReadParameter | null {
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

function readListed(name: (typeof listing)[number], { entries }: TreeMap, note: Note): ReadParameter | null {
  if (name === 'constant') {
    const value = entries.get('value')!;
    return { parameter: { values: [toPlain(value)] }, samples: [value] };
  }
  const values = entries.get('values')!;
  if (values.kind !== 'list' || values.items.length === 0) {
    note(values, ['values'], `found ${show(toPlain(values))}; allowed: a list of at least one value`);
    return null;
  }
  if (hasRepeats(values.items, note)) return null;
  const choices: Choices = { values: values.items.map(toPlain) };
  const given = entries.get('probabilities');
  if (given === undefined) return { parameter: choices, samples: values.items };
  const probabilities = toPlain(given);
  if (!areProbabilities(probabilities, choices.values.length)) {
    const allowed = `a list of ${choices.values.length} numbers from 0, one for each value, that sum to 1`;
    note(given, ['probabilities'], `found ${show(probabilities)}; allowed: ${allowed}`);
    return null;
  }
  return { parameter: { ...choices, probabilities }, samples: values.items };
}

function areProbabilities(found: unknown, count: number): found is number[] {
  if (!Array.isArray(found) || found.length !== count) return false;
  if (!found.every((each) => typeof each === 'number' && each >= 0)) return false;
  return Math.abs((found as number[]).reduce((sum, each) => sum + each, 0) - 1) < 1e-6;
}

function hasRepeats(values: readonly Tree[], note: Note): boolean {
  const seen = new Set<string>();
  let repeats = false;
  for (const value of values) {
    const text = show(toPlain(value), Infinity);
    if (seen.has(text)) {
      note(value, ['values'], `found ${text} a second time; allowed: each value once`);
      repeats = true;
    }
    seen.add(text);
  }
  return repeats;
}
