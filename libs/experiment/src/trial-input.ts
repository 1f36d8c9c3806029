import type { ParameterValues } from './experiment.ts';
import { isMapping, valueAt } from './messages/json-schema.ts';
import { dotted } from './messages/problem.ts';
import type { Settings } from './settings.ts';
import { usualAugmentation } from './settings.ts';

/** Settings in the form in which files have them, so that they can be changed and checked again. */
export function settingsInput(settings: Settings): Record<string, unknown> {
  return { ...settings, augmentation: settings.augmentation ?? false };
}

/** The input with some values replaced, by dotted path; the input itself stays. Sections that were off (`false`) are opened. */
export function replaceValues(input: Record<string, unknown>, values: ParameterValues): unknown {
  return Object.entries(values).reduce<unknown>(
    (result, [path, value]) => setValue(result, path.split('.'), value),
    input,
  );
}

/** The input with another value at a path of keys; the input itself stays. Sections that were off (`false`) are opened. */
export function setValue(input: unknown, path: readonly string[], value: unknown): unknown {
  return withValue(input, [], path, value);
}

/**
 * What a section holds when one of its settings is given while it is absent or a switch: `augmentation: true` stands for
 * options, `false` for none; `training.learning_rate_schedule: cosine` for that type. Null for values that are no section.
 */
export function openSection(path: readonly string[], value: unknown): Record<string, unknown> | null {
  if (isMapping(value)) return value;
  if (value === true && dotted(path) === 'augmentation') return usualAugmentation;
  if (typeof value === 'string' && dotted(path) === 'training.learning_rate_schedule') return { type: value };
  return value === undefined || typeof value === 'boolean' ? {} : null;
}

function withValue(holder: unknown, at: readonly string[], path: readonly string[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const section = openSection(at, holder) ?? {};
  return { ...section, [step]: withValue(valueAt(section, [step]), [...at, step], rest, value) };
}
