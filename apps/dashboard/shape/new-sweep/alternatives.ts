import { alternatives, isMapping, meantAlternative, type JsonSchema } from '@thaw/experiment/browser';
import type { Field } from './fields.ts';
import { valueOf, type FormValues } from './read-form.ts';

/** A section that may be one of several: images of a folder, or drawn ones. */
function optionsOf(schema: JsonSchema, section: string): JsonSchema[] {
  return alternatives(schema.properties?.[section] ?? {}).filter(
    ({ properties }) => properties !== undefined,
  );
}

/**
 * Whether a form offers a setting: it goes with what its section says so far, makes another of it, or is there anyhow, as a
 * mistake may be.
 */
export function isOffered(schema: JsonSchema, form: FormValues, field: Field): boolean {
  const [section, key] = field.keys as [string, string?];
  const options = optionsOf(schema, section);
  if (key === undefined || options.length < 2 || valueOf(form, field) !== undefined) return true;
  const meant = options[meantAlternative(options, form.values[section] ?? {})];
  return (
    meant?.properties?.[key] !== undefined || options.some(({ required = [] }) => required.includes(key))
  );
}

/** The keys of a section that cannot stand beside a value of one of its settings. */
export function strangersBeside(
  schema: JsonSchema,
  values: Readonly<Record<string, unknown>>,
  [section, key]: readonly string[],
  value: unknown,
): string[] {
  const now = values[section!];
  if (key === undefined || !isMapping(now)) return [];
  const fitting = optionsOf(schema, section!).filter(({ properties, required = [] }) =>
    value === undefined ? !required.includes(key) : properties?.[key] !== undefined,
  );
  const goes = (other: string) => fitting.some(({ properties }) => properties?.[other] !== undefined);
  // A section of one kind has unknown keys, if any, and no strangers.
  return fitting.length === optionsOf(schema, section!).length
    ? []
    : Object.keys(now).filter((other) => other !== key && !goes(other));
}
