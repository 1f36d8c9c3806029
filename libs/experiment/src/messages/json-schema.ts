import * as z from 'zod';

/** The part of JSON Schema that zod writes for our settings: enough to walk to a setting and to say what it allows. */
export interface JsonSchema {
  type?: string;
  /** What is allowed, in words. */
  description?: string;
  /** What the setting means, for the reference. */
  means?: string;
  example?: unknown;
  default?: unknown;
  /** The default of a setting that is transformed, which `default` is not written for. */
  usual?: unknown;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  /** Of a mapping whose keys are not settings, such as names of classes. */
  additionalProperties?: JsonSchema | boolean;
  required?: string[];
  prefixItems?: JsonSchema[];
  items?: JsonSchema;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
}

/** Those that were asked for. */
const written = new WeakMap<z.ZodType, JsonSchema>();

/** What users may write for a zod schema. Made when it is first asked for, as programs that read no file start without it. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const known = written.get(schema) ?? (z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
  written.set(schema, known);
  return known;
}

/** The alternatives of a schema, nested ones laid flat; a schema without alternatives is its own only one. */
export function alternatives(schema: JsonSchema): JsonSchema[] {
  return schema.anyOf === undefined ? [schema] : schema.anyOf.flatMap(alternatives);
}

/** Whether a schema is a section of which settings may be left out. */
export function canBeGivenInParts({ properties = {}, required = [] }: JsonSchema): boolean {
  return Object.keys(properties).length > required.length;
}

/** The keys that a schema knows, over all its alternatives. */
export function keysOf(schema: JsonSchema): string[] {
  return [...new Set(alternatives(schema).flatMap((option) => Object.keys(option.properties ?? {})))];
}

/**
 * Which of a union's alternatives a value was meant for: the one of its type, for mappings the one that knows the most of its
 * keys and, among equals, lacks the fewest. -1 when none has its type.
 */
export function meantAlternative(options: readonly JsonSchema[], value: unknown): number {
  let best = -1;
  let most = -Infinity;
  for (const [index, option] of options.entries()) {
    const score = fit(option, value);
    if (score > most) {
      best = index;
      most = score;
    }
  }
  return best;
}

function fit(option: JsonSchema, value: unknown): number {
  if (option.anyOf !== undefined) return Math.max(...option.anyOf.map((inner) => fit(inner, value)));
  if (option.type !== typeName(value)) return -Infinity;
  if (!isMapping(value)) return 0;
  const known = Object.keys(value).filter((key) => property(option, key) !== undefined);
  const lacking = (option.required ?? []).filter((key) => !known.includes(key));
  return known.length - lacking.length / 100;
}

/** The schema of the setting at a path in `value`; where there are alternatives on the way, those that `value` was meant for. */
export function schemaAt(
  schema: JsonSchema,
  path: readonly (string | number)[],
  value: unknown,
): JsonSchema | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const options = alternatives(schema);
  const option = options[meantAlternative(options, value)];
  const next =
    typeof step === 'number'
      ? (option?.prefixItems?.[step] ?? option?.items)
      : option && property(option, step);
  return next && schemaAt(next, rest, childOf(value, step));
}

/** The schemas that any alternative has at a path of keys; none when the path is unknown. */
export function schemasAt(schema: JsonSchema, path: readonly string[]): JsonSchema[] {
  const [step, ...rest] = path;
  if (step === undefined) return [schema];
  return alternatives(schema)
    .map((option) => property(option, step))
    .filter((next) => next !== undefined)
    .flatMap((next) => schemasAt(next, rest));
}

/** Every path of keys below a schema, sections before what they hold. */
export function pathsBelow(schema: JsonSchema): string[][] {
  return keysOf(schema).flatMap((key) => [
    [key],
    ...schemasAt(schema, [key])
      .flatMap(pathsBelow)
      .map((path) => [key, ...path]),
  ]);
}

/** The value at a path in plain data, or undefined. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce(childOf, value);
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function childOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<string | number, unknown>)[step];
}

function property(schema: JsonSchema, key: string): JsonSchema | undefined {
  const { properties, additionalProperties: any } = schema;
  if (properties && Object.hasOwn(properties, key)) return properties[key];
  return typeof any === 'object' ? any : undefined;
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return isMapping(value) ? 'object' : typeof value;
}
