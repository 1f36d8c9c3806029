import { invalid } from './mlflow-error.ts';
import { readDouble, readInteger } from './json-numbers.ts';

const seeDocs = 'See the API docs for more information about request parameters.';
const nullHint =
  ' null counts as left out; what is not finite is sent as the text "NaN", "Infinity" or "-Infinity".';

/**
 * The fields of a request, read as protobuf reads JSON: names in snake_case or camelCase, null as if it were left out, whole
 * numbers also as digits in a text, numbers that are not finite as text. What does not fit is INVALID_PARAMETER_VALUE, in
 * MLflow's words.
 */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #path: string;

  constructor(values: unknown, path = '') {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) throw wrong(path, values);
    this.#values = values as Record<string, unknown>;
    this.#path = path;
  }

  /** The same with those that stand in the address. */
  with(others: Readonly<Record<string, string>>): Fields {
    return new Fields({ ...this.#values, ...others }, this.#path);
  }

  /** An absent text is null; an empty one is a text. */
  text(name: string): string | null {
    const value = this.#get(name);
    if (value === undefined) return null;
    if (typeof value === 'string') return value;
    throw wrong(this.#named(name), value);
  }

  /** A text that must be there, and not be empty. */
  required(name: string): string {
    const value = this.text(name);
    if (value === null || value === '') throw this.#missing(name);
    return value;
  }

  /** `run_uuid` stands in for a `run_id` that is not there. */
  runId(): string {
    return this.text('run_id') ?? this.text('run_uuid') ?? this.required('run_id');
  }

  integer(name: string): number | null {
    const value = this.#get(name);
    if (value === undefined) return null;
    const read = readInteger(value);
    if (read === null) throw wrong(this.#named(name), value);
    return read;
  }

  requiredInteger(name: string): number {
    const value = this.integer(name);
    if (value === null) throw this.#missing(name);
    return value;
  }

  requiredDouble(name: string): number {
    const value = this.#get(name);
    if (value === undefined) throw this.#missing(name, this.#isNull(name) ? nullHint : '');
    const read = readDouble(value);
    if (read === null) throw wrong(this.#named(name), value);
    return read;
  }

  flag(name: string): boolean | null {
    const value = this.#get(name);
    if (value === undefined) return null;
    if (typeof value === 'boolean') return value;
    throw wrong(this.#named(name), value);
  }

  /** One of some values, by its name or, as protobuf numbers them, by its place from 1; null where it is left out. */
  choice<T extends string>(name: string, values: readonly T[]): T | null {
    const value = this.#get(name);
    if (value === undefined) return null;
    const found = values.find((each, i) => each === value || i + 1 === value);
    if (found) return found;
    throw invalid(
      `Invalid value ${shortJson(value)} for parameter '${this.#named(name)}' supplied: allowed: ${values.join(', ')}. ${seeDocs}`,
    );
  }

  /** Empty where it is left out. */
  list(name: string): readonly unknown[] {
    const value = this.#get(name) ?? [];
    if (Array.isArray(value)) return value;
    throw wrong(this.#named(name), value);
  }

  texts(name: string): readonly string[] {
    const values = this.list(name);
    if (values.every((each) => typeof each === 'string')) return values;
    throw wrong(this.#named(name), values);
  }

  objects(name: string): Fields[] {
    return this.list(name).map((each, i) => new Fields(each, `${this.#named(name)}[${i}]`));
  }

  object(name: string): Fields | null {
    const value = this.#get(name);
    return value === undefined ? null : new Fields(value, this.#named(name));
  }

  #get(name: string): unknown {
    const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    return this.#values[name] ?? this.#values[camel] ?? undefined;
  }

  #isNull(name: string): boolean {
    return this.#values[name] === null;
  }

  #named(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }

  #missing(name: string, hint = '') {
    return invalid(`Missing value for required parameter '${this.#named(name)}'. ${seeDocs}${hint}`);
  }
}

/** The same words for a value of another type than the parameter's. */
export function wrong(name: string, value: unknown) {
  return invalid(
    `Invalid value ${shortJson(value)} for parameter '${name === '' ? 'body' : name}' supplied: Hint: Value was of type '${typeName(value)}'. ${seeDocs}`,
  );
}

/** As Python calls them. */
function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return { string: 'str', boolean: 'bool' }[typeof value as string] ?? 'dict';
}

/** A value as messages show it. */
export function shortJson(value: unknown): string {
  try {
    return JSON.stringify(value)?.slice(0, 200) ?? 'nothing';
  } catch {
    // What JSON.parse can read is too deep for JSON.stringify when it is nested thousands of times.
    return 'that is nested too deep to be shown';
  }
}
