import { conditionOf } from '../space/conditions.ts';
import { methods, type Method, type Parameter } from '../experiment.ts';
import type { JsonSchema } from '../messages/json-schema.ts';
import { valueAt } from '../messages/json-schema.ts';
import type { Mistake } from '../messages/mistake.ts';
import { parameterPathProblem } from './parameter-paths.ts';
import { dotted } from '../messages/problem.ts';
import { readParameter, wanted } from './read-distribution.ts';
import { mostValues } from './read-drawn.ts';
import type { ReadParameter } from './read-parameter.ts';
import { show } from '../messages/show.ts';
import { finiteValues } from '../space/space.ts';
import type { Origin, Tree, TreeMap } from '../yaml/tree.ts';
import { toPlain } from '../yaml/tree.ts';

/** A parameter as the file has it, the setting that it varies, and its place. */
export interface VariedSetting extends ReadParameter {
  readonly path: string[];
  readonly origin: Origin;
}

export interface ReadParameters {
  readonly varied: VariedSetting[];
  readonly mistakes: Mistake[];
  readonly notes: string[];
}

/**
 * Reads `parameters`: dotted paths or W&B's nested `parameters`, each with listed values or a distribution. `fixed` are the
 * settings of the trials where they do not vary. Parameters with a mistake are left out of the answer, their mistakes in. Notes
 * are sentences for the user.
 */
export function readParameters(
  tree: Tree | undefined,
  root: JsonSchema,
  method: Method,
  fixed: unknown,
): ReadParameters {
  const read = readWith(
    new ParameterReader(root, method),
    tree,
    'settings by their paths, such as model.alpha: {values: [0.35, 1.0]}',
  );
  const conditioned = withConditions(read.varied, fixed);
  const mistakes = [...read.mistakes, ...conditioned.mistakes];
  return { varied: conditioned.varied, mistakes, notes: read.notes };
}

/** The same for parameters of a program of the user's own, which may have any names; the path of a nested one has its keys. */
export function readFreeParameters(tree: Tree | undefined, method: Method): ReadParameters {
  return readWith(
    new ParameterReader(null, method),
    tree,
    'parameters by name, such as lr: {values: [0.1, 0.01]}',
  );
}

function readWith(reader: ParameterReader, tree: Tree | undefined, allowed: string): ReadParameters {
  if (tree?.kind === 'map') reader.section(tree, []);
  else if (tree !== undefined) {
    const message = `found ${show(toPlain(tree))}; allowed: ${allowed}`;
    reader.mistakes.push({ origin: tree.origin, path: ['parameters'], message });
  }
  return reader;
}

/** The varied settings by dotted path, as the experiment has them. */
export function parametersOf(varied: readonly VariedSetting[]): Record<string, Parameter> {
  return Object.fromEntries(varied.map(({ path, parameter }) => [dotted(path), parameter]));
}

/** Says of each setting when trials read it. One that no trial reads is a mistake where it varies and left out where it is constant. */
function withConditions(
  varied: readonly VariedSetting[],
  fixed: unknown,
): { varied: VariedSetting[]; mistakes: Mistake[] } {
  const values = new Map(
    varied.map(({ path, parameter }) => [dotted(path), finiteValues(parameter)] as const),
  );
  const mistakes: Mistake[] = [];
  const kept = varied.flatMap((setting) => {
    const condition = conditionOf(dotted(setting.path), (path) => valueAt(fixed, path.split('.')), values);
    if (condition.never !== null) {
      if (setting.samples.length > 1) {
        const { other, wanted: values } = condition.never;
        const message = `found a parameter that no trial reads; allowed: where ${other} is ${values.map(String).join(' or ')}`;
        mistakes.push({ origin: setting.origin, path: ['parameters', ...setting.path], message });
      }
      return [];
    }
    if (Object.keys(condition.when).length === 0) return [setting];
    return [{ ...setting, parameter: { ...setting.parameter, when: condition.when } }];
  });
  return { varied: kept, mistakes };
}

class ParameterReader {
  readonly varied: VariedSetting[] = [];
  readonly mistakes: Mistake[] = [];
  readonly notes: string[] = [];
  /** What parameters may vary; null for any names. */
  readonly #root: JsonSchema | null;
  readonly #method: Method;

  constructor(root: JsonSchema | null, method: Method) {
    this.#root = root;
    this.#method = method;
  }

  section(tree: TreeMap, above: string[]): void {
    for (const [key, entry] of tree.entries) {
      this.#parameter([...above, ...(this.#root === null ? [key] : key.split('.'))], entry);
    }
  }

  #parameter(path: string[], entry: Tree): void {
    const nested = entry.kind === 'map' ? entry.entries.get('parameters') : undefined;
    const problem = this.#root && parameterPathProblem(this.#root, path);
    if (problem !== null && !(nested && problem.startsWith('found a section'))) {
      this.#note(entry, path, problem);
    } else if (entry.kind !== 'map') {
      this.#note(entry, path, `found ${show(toPlain(entry))}; allowed: ${wanted}`);
    } else if (nested?.kind === 'map' && entry.entries.size === 1) {
      this.section(nested, path);
    } else if (nested !== undefined) {
      const message = `found ${show(toPlain(nested))}; allowed: parameters alone, with settings of ${dotted(path)}`;
      this.#note(nested, [...path, 'parameters'], message);
    } else {
      const read = readParameter(entry, this.#method, {
        mistake: (tree, inside, message) => {
          this.#note(tree, [...path, ...inside], message);
        },
        remark: (sentence) => {
          this.notes.push(`parameters.${dotted(path)} ${sentence}`);
        },
      });
      if (read !== null && this.#suitsMethod(path, entry, read.parameter)) {
        this.#add({ path, origin: entry.origin, ...read });
      }
    }
  }

  #suitsMethod(path: string[], entry: TreeMap, parameter: Parameter): boolean {
    if (this.#method !== 'grid') return true;
    const drawing = methods.filter((method) => method !== 'grid').join(', ');
    const allowed = `values, value, int_uniform or q_uniform, or a method that draws: ${drawing}`;
    const place = entry.entries.get('distribution') ?? entry;
    if ('probabilities' in parameter) {
      const message = `found probabilities, while method grid tries every value once; allowed: ${allowed}`;
      this.#note(entry.entries.get('probabilities')!, [...path, 'probabilities'], message);
      return false;
    }
    const count = finiteValues(parameter)?.length;
    if (count !== undefined && count <= mostValues) return true;
    const name = 'distribution' in parameter ? parameter.distribution : 'categorical';
    const why =
      count === undefined ? 'values to draw; method grid needs listed values' : `${count} values for a grid`;
    this.#note(place, path, `found distribution ${name}: ${why}; allowed: ${allowed}`);
    return false;
  }

  #add(setting: VariedSetting): void {
    const other = this.varied.find(
      ({ path }) => overlap(path, setting.path) || dotted(path) === dotted(setting.path),
    );
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

  #note(tree: Tree, path: readonly string[], message: string): void {
    this.mistakes.push({ origin: tree.origin, path: ['parameters', ...path], message });
  }
}

/** Whether one path is the other or lies inside it. */
export function overlap(one: readonly (string | number)[], other: readonly (string | number)[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((step, index) => step === other[index]);
}
