import { alternatives, canBeGivenInParts, schemasAt, type JsonSchema } from '@thaw/experiment/browser';
import type { SettingDocument } from '../../api/operations/experiments.ts';

/** How a setting is given: chosen of a few words, typed as a number, as text, or as YAML on one line; a section by its settings. */
export type Input =
  | {
      readonly kind: 'choice';
      readonly choices: readonly (string | number | boolean)[];
      /** Whether it may also have settings of its own, which have fields themselves. */
      readonly orSection: boolean;
    }
  | { readonly kind: 'number' | 'text' | 'yaml' | 'section' };

/** A setting as a form shows it. */
export interface Field extends SettingDocument {
  /** The keys that lead to it. */
  readonly keys: readonly string[];
  readonly input: Input;
  /** Whether a sweep may vary it. */
  readonly canVary: boolean;
}

/** What the API says of settings, as much of it as a form needs. */
export interface SettingsAnswer {
  readonly schema: JsonSchema;
  readonly settings: readonly SettingDocument[];
  readonly search: readonly SettingDocument[];
}

/** A field for each setting; what varies has a form of its own. */
export function formFields({ schema, settings, search }: SettingsAnswer): Field[] {
  const field = (setting: SettingDocument, canVary: boolean): Field => {
    const keys = setting.path.split('.');
    const input = inputOf(schemasAt(schema, keys));
    return { ...setting, keys, input, canVary: canVary && input.kind !== 'section' };
  };
  return [
    ...search.filter(({ path }) => path !== 'parameters').map((setting) => field(setting, false)),
    ...settings.map((setting) => field(setting, true)),
  ];
}

function inputOf(schemas: readonly JsonSchema[]): Input {
  const options = schemas.flatMap(alternatives);
  const plain = options.filter((option) => !canBeGivenInParts(option));
  const orSection = plain.length < options.length;
  if (plain.length === 0) return { kind: 'section' };
  const choices = plain.map(words);
  if (choices.every((each) => each !== null)) return { kind: 'choice', choices: choices.flat(), orSection };
  const types = new Set(plain.map(({ type }) => type));
  if (orSection || types.size > 1) return { kind: 'yaml' };
  if (types.has('number') || types.has('integer')) return { kind: 'number' };
  return { kind: types.has('string') ? 'text' : 'yaml' };
}

/** The few values that are allowed; null where there are many. */
function words({ type, enum: listed, const: only }: JsonSchema): (string | number | boolean)[] | null {
  if (listed !== undefined) return listed as string[];
  if (only !== undefined) return [only as string];
  return type === 'boolean' ? [true, false] : null;
}

/** The order in which an experiment file has its keys. */
export function sectionOrder({ settings, search }: SettingsAnswer): string[] {
  const first = (all: readonly SettingDocument[]) => all.map(({ path }) => path.split('.')[0]!);
  return [...new Set(['name', 'description', ...first(settings), 'method', 'metric', ...first(search)])];
}
