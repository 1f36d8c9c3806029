import { structuralKey } from '@thaw/base';
import type { Choices, Method } from '../experiment.ts';
import { show } from '../messages/show.ts';
import type { TreeMap } from '../yaml/tree.ts';
import { toPlain } from '../yaml/tree.ts';
import type { ReadingNotes, ReadParameter } from './read-parameter.ts';

/** The keys of each distribution whose values are listed. */
export const keysOfListing = {
  categorical: ['values'],
  categorical_w_probabilities: ['values', 'probabilities'],
  constant: ['value'],
} as const;

export type Listing = keyof typeof keysOfListing;

/** Reads a parameter whose values are listed. Null when there are mistakes, each of which was noted. */
export function readListed(
  name: Listing,
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
