import { editText, isMapping, type JsonSchema } from '@thaw/experiment/browser';
import { strangersBeside } from './alternatives.ts';
import type { Field } from './fields.ts';
import { valueOf, type FormValues } from './read-form.ts';

/** What an edit of a form goes by: the text, what it says, and what a file may say in which order. */
export interface Edited {
  readonly text: string;
  readonly form: FormValues;
  readonly schema: JsonSchema;
  readonly order: readonly string[];
}

/** Makes another text of a text; null where it cannot. */
export type Edit = (edited: Edited) => string | null;

/** A key path and what is to stand there; undefined for nothing. */
type Step = readonly [keys: readonly string[], value: unknown];

/**
 * The text with another value of a setting; undefined leaves the setting to its default. What does not go with it in its section
 * is taken out: a folder of images has no number of photographs to draw. Null where only the text itself can be changed.
 */
export function withValue(edited: Edited, { keys }: Field, value: unknown): string | null {
  const strangers = strangersBeside(edited.schema, edited.form.values, keys, value);
  return inSteps(edited, [...strangers.map((each): Step => [[keys[0]!, each], undefined]), [keys, value]]);
}

/** The text in which a setting is varied as `entry` says, in place of its value. */
export function withSwept(edited: Edited, field: Field, entry: unknown): string | null {
  const key = edited.form.swept.get(field.path)?.key ?? field.path;
  return inSteps(edited, [
    [['parameters', key], entry],
    [field.keys, undefined],
  ]);
}

/** The text in which a setting varies no more: it keeps the first of its values. */
export function withoutSwept(edited: Edited, field: Field): string | null {
  const swept = edited.form.swept.get(field.path);
  return swept ? withFixed(edited, field, firstValue(swept.entry)) : edited.text;
}

/** The text in which a setting has this value, whether it varied before or not. */
export function withFixed(edited: Edited, field: Field, value: unknown): string | null {
  const swept = edited.form.swept.get(field.path);
  const varies: Step[] = swept ? [[['parameters', swept.key], undefined]] : [];
  return inSteps(edited, [...varies, [field.keys, value]]);
}

function inSteps({ text, order }: Edited, steps: readonly Step[]): string | null {
  return steps.reduce<string | null>(
    (result, [keys, value]) => (result === null ? null : editText(result, keys, value, order)),
    text,
  );
}

function firstValue(entry: unknown): unknown {
  if (!isMapping(entry)) return undefined;
  return Array.isArray(entry['values']) ? entry['values'][0] : (entry['value'] ?? entry['min']);
}

/** How a setting varies when it begins to: over all its words, else over the value that it has. */
export function firstSwept(form: FormValues, field: Field): { values: unknown[] } {
  if (field.input.kind === 'choice' && !field.input.orSection) return { values: [...field.input.choices] };
  const value = valueOf(form, field) ?? field.usual ?? field.example;
  return { values: value === undefined ? [] : [value] };
}
