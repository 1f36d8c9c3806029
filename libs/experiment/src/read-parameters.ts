import type { Method } from './experiment.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Mistake } from './mistake.ts';
import { didYouMean, nearest } from './nearest.ts';
import { parameterPathProblem } from './parameter-paths.ts';
import { dotted } from './problem.ts';
import { show } from './show.ts';
import type { Origin, Tree, TreeMap } from './tree.ts';
import { toPlain } from './tree.ts';

/** A parameter as the file has it: the setting that it varies and its values, each with its place. */
export interface VariedSetting {
  path: string[];
  origin: Origin;
  values: Tree[];
}

const words = ['values', 'value', 'distribution', 'parameters'];
/** W&B's words for values that are drawn, not listed. */
const drawing = ['min', 'max', 'mu', 'sigma', 'q', 'probabilities'];
const listed = ['categorical', 'constant'];
const wanted = '{values: [...]} or {value: ...}';

/**
 * Reads `parameters`: dotted paths or W&B's nested `parameters`, each with `values` or a constant `value`.
 * Parameters with a mistake are left out of the answer, their mistakes in.
 */
export function readParameters(
  tree: Tree | undefined,
  root: JsonSchema,
  method: Method,
): { varied: VariedSetting[]; mistakes: Mistake[] } {
  if (tree === undefined) return { varied: [], mistakes: [] };
  const reader = new ParameterReader(root, method);
  if (tree.kind === 'map') reader.section(tree, []);
  else {
    const message = `found ${show(toPlain(tree))}; allowed: settings by their paths, such as model.alpha: {values: [0.35, 1.0]}`;
    reader.mistakes.push({ origin: tree.origin, path: ['parameters'], message });
  }
  return reader;
}

class ParameterReader {
  readonly varied: VariedSetting[] = [];
  readonly mistakes: Mistake[] = [];
  readonly #root: JsonSchema;
  readonly #method: Method;

  constructor(root: JsonSchema, method: Method) {
    this.#root = root;
    this.#method = method;
  }

  section(tree: TreeMap, above: string[]): void {
    for (const [key, entry] of tree.entries) this.#parameter([...above, ...key.split('.')], entry);
  }

  #parameter(path: string[], entry: Tree): void {
    const nested = entry.kind === 'map' ? entry.entries.get('parameters') : undefined;
    const problem = parameterPathProblem(this.#root, path);
    if (problem !== null && !(nested && problem.startsWith('found a section'))) {
      this.#note(entry, path, problem);
    } else if (entry.kind !== 'map') {
      this.#note(entry, path, `found ${show(toPlain(entry))}; allowed: ${wanted}`);
    } else if (nested?.kind === 'map' && entry.entries.size === 1) {
      this.section(nested, path);
    } else if (nested !== undefined) {
      const message = `found ${show(toPlain(nested))}; allowed: parameters alone, with settings of ${dotted(path)}`;
      this.#note(nested, [...path, 'parameters'], message);
    } else this.#values(path, entry);
  }

  #values(path: string[], entry: TreeMap): void {
    if (this.#hasWrongWords(path, entry)) return;
    const values = entry.entries.get('values');
    const value = entry.entries.get('value');
    if ((values === undefined) === (value === undefined)) {
      const found = values === undefined ? 'found no values' : 'found both values and value';
      this.#note(entry, path, `${found}; allowed: ${wanted}`);
    } else if (value !== undefined) this.#add({ path, origin: entry.origin, values: [value] });
    else if (values?.kind !== 'list' || values.items.length === 0) {
      const found = show(values && toPlain(values));
      this.#note(values!, [...path, 'values'], `found ${found}; allowed: a list of at least one value`);
    } else if (!this.#hasRepeats(path, values.items)) {
      this.#add({ path, origin: entry.origin, values: values.items });
    }
  }

  #hasWrongWords(path: string[], entry: TreeMap): boolean {
    const before = this.mistakes.length;
    const distribution = entry.entries.get('distribution');
    const draws = distribution !== undefined && !listed.includes(String(toPlain(distribution)));
    const drawn = [...entry.entries.keys()].filter((key) => drawing.includes(key));
    if (draws || drawn.length > 0) {
      const found = [...(draws ? [`distribution ${show(toPlain(distribution))}`] : []), ...drawn].join(', ');
      const message = `found ${found}: values to draw; method ${this.#method} needs listed values; allowed: ${wanted}`;
      this.#note(distribution ?? entry.entries.get(drawn[0]!)!, path, message);
    }
    for (const [key, tree] of entry.entries) {
      if (words.includes(key) || drawing.includes(key)) continue;
      const known = ['values', 'value', 'parameters'];
      const message = `found an unknown key; allowed: ${known.join(', ')}${didYouMean(nearest(key, known))}`;
      this.#note(tree, [...path, key], message);
    }
    return this.mistakes.length > before;
  }

  #hasRepeats(path: string[], values: Tree[]): boolean {
    const seen = new Set<string>();
    let repeats = false;
    for (const value of values) {
      const text = show(toPlain(value), Infinity);
      if (seen.has(text)) {
        this.#note(value, [...path, 'values'], `found ${text} a second time; allowed: each value once`);
        repeats = true;
      }
      seen.add(text);
    }
    return repeats;
  }

  #add(setting: VariedSetting): void {
    const other = this.varied.find(({ path }) => overlap(path, setting.path));
    if (other === undefined) this.varied.push(setting);
    else {
      const [one, whole] = [dotted(setting.path), dotted(other.path)];
      const message =
        one === whole
          ? `found this parameter a second time (first at ${other.origin.where}); allowed: each parameter once`
          : `found a parameter that overlaps ${whole} (${other.origin.where}); allowed: one of the two`;
      this.mistakes.push({ origin: setting.origin, path: ['parameters', ...setting.path], message });
    }
  }

  #note(tree: Tree, path: string[], message: string): void {
    this.mistakes.push({ origin: tree.origin, path: ['parameters', ...path], message });
  }
}

/** Whether one path is the other or lies inside it. */
export function overlap(one: readonly (string | number)[], other: readonly (string | number)[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((step, index) => step === other[index]);
}
