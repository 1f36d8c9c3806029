import { structuralKey } from '@thaw/base';
import type { Choices, Method, Parameter } from '../experiment.ts';
import type { Distribution, DistributionName } from '../space/distributions.ts';
import { distributions } from '../space/distributions.ts';
import { zodProblems } from '../messages/zod-problems.ts';
import { jsonSchemaOf } from '../messages/json-schema.ts';
import { didYouMean, nearest } from '../messages/nearest.ts';
import { finiteValues, sampleValues } from '../space/space.ts';
import { show } from '../messages/show.ts';
import type { Tree, TreeMap } from '../yaml/tree.ts';
import { deepest, toPlain } from '../yaml/tree.ts';

/** A parameter as it stands in the file: what it is, and values that show what it can be, each with its place. */
export interface ReadParameter {
  readonly parameter: Parameter;
  readonly samples: readonly Tree[];
}

/** Where what was read goes that is no parameter. */
export interface ReadingNotes {
  /** A mistake at its place. */
  readonly mistake: (tree: Tree, path: readonly string[], message: string) => void;
  /** What the user should know, to be read after the parameter's name. */
  readonly remark: (sentence: string) => void;
}

type Note = ReadingNotes['mistake'];

const listing = ['categorical', 'categorical_w_probabilities', 'constant'] as const;
const names = [...listing, ...(Object.keys(distributions) as DistributionName[])];
const keysOfListing = {
  categorical: ['values'],
  categorical_w_probabilities: ['values', 'probabilities'],
  constant: ['value'],
};
/** A grid with more values than this for one parameter was hardly meant. */
export const mostValues = 10_000;
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

/** Reads what W&B calls a parameter, for this method. Null when there are mistakes, each of which was noted. */
export function readParameter(entry: TreeMap, method: Method, notes: ReadingNotes): ReadParameter | null {
  const note = notes.mistake;
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
  if (!isListing(name)) {
    const drawn = readDrawn(name, entry, note);
    return drawn !== null && method === 'grid' ? inGrid(drawn, entry, notes.remark) : drawn;
  }
  const missing = keys.find((key) => !entry.entries.has(key));
  if (missing === undefined) return readListed(name, entry, method, notes);
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

function readListed(
  name: (typeof listing)[number],
  { entries }: TreeMap,
  method: Method,
  { mistake: note, remark }: ReadingNotes,
): ReadParameter | null {
  if (name === 'constant') {
    const value = entries.get('value')!;
    return { parameter: { values: [toPlain(value)] }, samples: [value] };
  }
  const values = entries.get('values')!;
  if (values.kind !== 'list' || values.items.length === 0) {
    note(values, ['values'], `found ${show(toPlain(values))}; allowed: a list of at least one value`);
    return null;
  }
  const listed = values.items.map(toPlain);
  const given = entries.get('probabilities');
  const probabilities = given === undefined ? undefined : toPlain(given);
  if (given !== undefined && !areProbabilities(probabilities, listed.length)) {
    const allowed = `a list of ${listed.length} numbers from 0, one for each value, that sum to 1`;
    note(given, ['probabilities'], `found ${show(probabilities)}; allowed: ${allowed}`);
    return null;
  }
  const choices: Choices = { values: listed, ...(given && { probabilities: probabilities as number[] }) };
  const parameter = withoutRepeats(choices, method, remark);
  return { parameter, samples: values.items };
}

function areProbabilities(found: unknown, count: number): found is number[] {
  if (!Array.isArray(found) || found.length !== count) return false;
  if (!found.every((each) => typeof each === 'number' && each >= 0)) return false;
  return Math.abs((found as number[]).reduce((sum, each) => sum + each, 0) - 1) < 1e-6;
}

/** Each value once: a grid tries it once, and where values are drawn it is as likely as it is listed often. */
function withoutRepeats(choices: Choices, method: Method, remark: ReadingNotes['remark']): Choices {
  const shares = new Map<string, { value: unknown; count: number; share: number }>();
  for (const [index, value] of choices.values.entries()) {
    const share = choices.probabilities?.[index] ?? 1 / choices.values.length;
    const known = shares.get(structuralKey(value));
    if (known === undefined) shares.set(structuralKey(value), { value, count: 1, share });
    else {
      known.count += 1;
      known.share += share;
    }
  }
  const each = [...shares.values()];
  const repeated = each.filter(({ count }) => count > 1);
  if (repeated.length === 0) return choices;
  const found = repeated.map(({ value }) => show(value)).join(', ');
  const times = method === 'grid' ? 'is tried once' : 'is drawn as often as it is listed';
  remark(`lists ${found} more than once: each ${times}`);
  const values = each.map(({ value }) => value);
  return method === 'grid' ? { values } : { values, probabilities: each.map(({ share }) => share) };
}

/**
 * In a grid `q_uniform` is what W&B lists for it: from min in steps of q, max left out. Draws give multiples of q instead; a remark
 * says where the two differ.
 */
function inGrid(read: ReadParameter, entry: TreeMap, remark: ReadingNotes['remark']): ReadParameter {
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
