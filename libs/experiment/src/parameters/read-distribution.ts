import type { Method } from '../experiment.ts';
import type { DistributionName } from '../space/distributions.ts';
import { distributions } from '../space/distributions.ts';
import { didYouMean, nearest } from '../messages/nearest.ts';
import { show } from '../messages/show.ts';
import type { Tree, TreeMap } from '../yaml/tree.ts';
import { toPlain } from '../yaml/tree.ts';
import { inGrid, readDrawn } from './read-drawn.ts';
import { keysOfListing, readListed, type Listing } from './read-listed.ts';
import type { ReadingNotes, ReadParameter } from './read-parameter.ts';

type Note = ReadingNotes['mistake'];

const names = [
  ...(Object.keys(keysOfListing) as Listing[]),
  ...(Object.keys(distributions) as DistributionName[]),
];
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
  const keys: readonly string[] = isListing(name) ? keysOfListing[name] : keysOfDistribution(name);
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

function isListing(name: string): name is Listing {
  return Object.hasOwn(keysOfListing, name);
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
