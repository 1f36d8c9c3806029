import { didYouMean, nearest, show } from '@thaw/experiment';

/** Metrics that a program reports, at a step where it names one. */
export interface Report {
  readonly step: number | null;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Either what was reported or what is wrong with it. */
export type Read = Report | { readonly mistake: string };

const form = 'thaw step=1 NAME=NUMBER ...';
export const jsonForm = '{"step": 1, "NAME": NUMBER}, with null for NaN';

/** What Thaw itself says of a run, with the word that was probably meant. */
const taken: Readonly<Record<string, string>> = {
  epoch: 'step=NUMBER',
  epochs: 'another name',
  best_epoch: 'another name',
  fold: 'another name',
  fold_epoch: 'another name',
  folds: 'another name',
  gap: 'val_accuracy and test_accuracy, whose difference it is',
};

/**
 * A line of a program's output as a report; null for any other line. A report is the word `thaw`, then name=number, with spaces
 * between: `thaw step=3 val_accuracy=0.8 loss=nan`. `step`, a whole number from 0, may be left out.
 */
export function readReportLine(line: string): Read | null {
  const [first, ...words] = line.trim().split(/\s+/);
  return first === 'thaw' ? readReportWords(words) : null;
}

/** Words `name=number` as a report. Numbers are as Python, JavaScript and C print them, `nan` and `inf` included. */
export function readReportWords(words: readonly string[], allowed = form): Read {
  if (words.length === 0) return { mistake: `found no metric; allowed: ${allowed}` };
  const values = new Map<string, number>();
  for (const word of words) {
    const at = word.lastIndexOf('=');
    const name = word.slice(0, Math.max(at, 0));
    const value = at > 0 ? numberOf(word.slice(at + 1)) : null;
    if (value === null) return { mistake: `found ${show(word)}; allowed: ${allowed}` };
    if (values.has(name)) return { mistake: `found ${name} twice; allowed: each metric once` };
    values.set(name, value);
  }
  return readReportValues(Object.fromEntries(values), allowed);
}

/** Values by name, of which `step` is one, as a report. `null` stands for NaN, as JSON has none. */
export function readReportValues(values: unknown, allowed = jsonForm): Read {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    return { mistake: `found ${show(values)}; allowed: ${allowed}` };
  }
  const { step = null, ...rest } = values as Readonly<Record<string, unknown>>;
  if (step !== null && !(Number.isSafeInteger(step) && Number(step) >= 0)) {
    return { mistake: `found step ${show(step)}; allowed: a whole number from 0` };
  }
  const metrics: [name: string, value: number][] = [];
  for (const [name, value] of Object.entries(rest)) {
    const instead = Object.hasOwn(taken, name) ? taken[name] : undefined;
    if (instead !== undefined) {
      return { mistake: `found the metric ${name}, a name that Thaw uses itself; allowed: ${instead}` };
    }
    if (value !== null && typeof value !== 'number') {
      return { mistake: `found ${name} with ${show(value)}; allowed: a number` };
    }
    metrics.push([name, value ?? Number.NaN]);
  }
  if (metrics.length === 0) return { mistake: `found no metric beside step; allowed: ${allowed}` };
  return { step: step as number | null, metrics: Object.fromEntries(metrics) };
}

/** Why a program that ended has no value for its sweep; null where it reported one that is a number. */
export function metricMistake(metric: string, last: Readonly<Record<string, number>>): string | null {
  const value = Object.hasOwn(last, metric) ? last[metric] : undefined;
  if (value === undefined) {
    const names = Object.keys(last);
    const reported = names.length === 0 ? 'no metric at all' : `${names.join(', ')} alone`;
    return `it never reported ${metric}, the metric of this sweep, but ${reported}${didYouMean(nearest(metric, names))}`;
  }
  if (Number.isFinite(value)) return null;
  return `it ended with ${metric} ${show(value)}, which is no number to compare trials by`;
}

function numberOf(text: string): number | null {
  const word = /^([+-]?)(?:(nan)|(inf(?:inity)?))$/i.exec(text);
  if (word) return word[2] ? Number.NaN : word[1] === '-' ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}
