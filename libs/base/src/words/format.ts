import { fixed } from '../fixed.ts';

/** A difference with its sign, so that a gap never reads as a score; zero, rounded zero included, has none. */
export function signed(value: number | null | undefined, digits: number): string {
  const text = fixed(value, digits);
  if (value === null || value === undefined || !Number.isFinite(value)) return text;
  if (Number(text) === 0) return text.replace('-', '');
  return value > 0 ? `+${text}` : text;
}

/** A span of time as people say it: `8.4 s`, `3 min 05 s`, `2 h 07 min`, `4 days`. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '-';
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
  return `${Math.round(minutes / 1440)} days`;
}

/** How long ago something was, in its largest unit: `12 s`, `5 min`, `3 h`, `2 days`; clocks that disagree give `0 s`. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}

/** More digits than anybody writes: a number that was drawn. */
const longestNumber = 8;

/** A parameter's value in a table's cell: plain for scalars, four digits of drawn numbers, one-line JSON for the rest. */
export function parameterValue(value: unknown): string {
  if (value === undefined) return '-';
  if (typeof value === 'string') return value;
  const text = JSON.stringify(value);
  const isDrawn = typeof value === 'number' && text.length > longestNumber;
  return isDrawn ? String(Number(value.toPrecision(4))) : text;
}

/** `path=value` of every parameter, for one line of text. */
export function parameterList(parameters: Readonly<Record<string, unknown>>): string {
  const labels = columnLabels(Object.keys(parameters));
  return Object.entries(parameters)
    .map(([path, value]) => `${labels.get(path)!}=${parameterValue(value)}`)
    .join(' ');
}

/** What `columnLabels` found last: of thousands of trials of one sweep all have the same paths. */
let found: { readonly of: string; readonly labels: ReadonlyMap<string, string> } = {
  of: '',
  labels: new Map(),
};

/** The shortest endings of dotted paths that still tell them apart: `model.head_units` reads `head_units`. */
export function columnLabels(paths: readonly string[]): ReadonlyMap<string, string> {
  const of = paths.join('\n');
  if (found.of !== of) found = { of, labels: new Map(paths.map((path) => [path, labelOf(path, paths)])) };
  return found.labels;
}

function labelOf(path: string, paths: readonly string[]): string {
  const parts = path.split('.');
  for (let length = 1; length < parts.length; length++) {
    const ending = parts.slice(-length).join('.');
    if (!paths.some((other) => other !== path && `.${other}`.endsWith(`.${ending}`))) return ending;
  }
  return path;
}

/** A count with its thousands parted: `12,444`. */
export function thousands(count: number): string {
  return count.toLocaleString('en-US');
}

/** A count and what it counts: `1 group`, `1,989 groups`. */
export function counted(count: number, word: string): string {
  return `${thousands(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** `3 of 10 (30.0 %)`. */
export function shareOf(part: number, whole: number): string {
  return `${thousands(part)} of ${thousands(whole)} (${fixed((100 * part) / whole, 1)} %)`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** A number of bytes in units of a thousand million: `1.5 GB`. */
export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
