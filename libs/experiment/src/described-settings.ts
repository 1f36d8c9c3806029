import type * as z from 'zod';
import { earlyTerminationRules } from './early-termination.ts';
import { settingsJsonSchema } from './checks/check-settings.ts';
import { fileJsonSchema } from './experiment-file.ts';
import { programFileJsonSchema } from './program/program-file.ts';
import { describeAllowed } from './messages/describe-allowed.ts';
import {
  alternatives,
  canBeGivenInParts,
  jsonSchemaOf,
  keysOf,
  schemasAt,
  type JsonSchema,
} from './messages/json-schema.ts';
import { dotted } from './messages/problem.ts';
import { conditions } from './space/conditions.ts';
import { distributions } from './space/distributions.ts';

/** A setting as the schema has it, for a reference. */
export interface DescribedSetting {
  /** Dotted. */
  readonly path: string;
  /** Markdown. */
  readonly means: string;
  /** In words. */
  readonly allowed: string;
  /** Undefined where there is none. */
  readonly usual: unknown;
  /** Undefined where there is none. */
  readonly example: unknown;
  /** The values of other settings, by their paths, in Markdown, beside which trials read this one; empty where they always do. */
  readonly readWith: Readonly<Record<string, string>>;
}

/** Every setting of a trial, sections before what they hold. Throws RangeError for one that does not say what it means. */
export function describedSettings(): DescribedSetting[] {
  return described(settingsJsonSchema(), []);
}

/** What else an experiment file says: how it searches. */
export function describedSearch(): DescribedSetting[] {
  const sections = keysOf(settingsJsonSchema());
  return described(fileJsonSchema(), []).filter(({ path }) => !sections.includes(path.split('.')[0]!));
}

/** What a file says otherwise whose trials run a program of the user's own. */
export function describedProgram(): DescribedSetting[] {
  return described(programFileJsonSchema(), []).filter(({ path }) =>
    /^(program|command|metric)\b/.test(path),
  );
}

/** What a word stands for, with the keys that go with it. */
export interface DescribedChoice {
  readonly name: string;
  /** Markdown. */
  readonly means: string;
  readonly keys: readonly DescribedSetting[];
}

/** The rules of `early_terminate`. */
export function describedRules(): DescribedChoice[] {
  return describedChoices(earlyTerminationRules, 'type');
}

/** The distributions of a parameter. */
export function describedDistributions(): DescribedChoice[] {
  return describedChoices(distributions, 'distribution');
}

/** Schemas that the word in one of their settings tells apart. */
function describedChoices(schemas: Readonly<Record<string, z.ZodType>>, word: string): DescribedChoice[] {
  return Object.entries(schemas).map(([name, schema]) => {
    const settings = described(jsonSchemaOf(schema), []);
    const { means } = settings.find(({ path }) => path === word)!;
    return { name, means, keys: settings.filter(({ path }) => path !== word) };
  });
}

function described(schema: JsonSchema, above: readonly string[]): DescribedSetting[] {
  return keysOf(schema).flatMap((key) => {
    const path = [...above, key];
    // Where several sections know a key they say the same of it.
    const [setting] = schemasAt(schema, [key]) as [JsonSchema];
    const sections = alternatives(setting).filter(canBeGivenInParts);
    const inside = sections.length > 0 ? described(setting, path) : [];
    return [...itself(setting, path, sections.length > 0), ...inside];
  });
}

/** A section that is no word and of which nothing is said is none for itself. */
function itself(setting: JsonSchema, path: readonly string[], isSection: boolean): DescribedSetting[] {
  const { means, default: usual = setting.usual, example } = setting;
  if (means === undefined) {
    if (isSection) return [];
    throw new RangeError(`the schema of ${dotted(path)} does not say what it means`);
  }
  const readWith = Object.fromEntries(
    Object.entries(conditions[dotted(path)] ?? {}).map(([other, wanted]) => [
      other,
      'words' in wanted ? wanted.words : wanted.map((value) => `\`${String(value)}\``).join(', '),
    ]),
  );
  return [{ path: dotted(path), means, allowed: allowedBy(setting), usual, example, readWith }];
}

/** A section's own settings are listed below it. */
function allowedBy(setting: JsonSchema): string {
  if (setting.description !== undefined) return setting.description;
  const all = alternatives(setting).map((each) =>
    canBeGivenInParts(each) ? 'a section' : describeAllowed(each),
  );
  return [...new Set(all)].join(' or ');
}
