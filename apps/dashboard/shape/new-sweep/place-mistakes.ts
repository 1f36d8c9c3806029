import type { MistakeDocument } from '../../api/operations/experiments.ts';
import type { Field } from './fields.ts';
import type { FormValues } from './read-form.ts';

/** What is wrong, by the path of the field where it is said; what belongs to none is said beside the text alone. */
export function mistakesByField(
  mistakes: readonly MistakeDocument[],
  fields: readonly Field[],
  form: FormValues | null,
): ReadonlyMap<string, readonly MistakeDocument[]> {
  const byField = new Map<string, MistakeDocument[]>();
  for (const mistake of mistakes) {
    const field = fieldOf(mistake.path, fields, form);
    if (field !== null) byField.set(field, [...(byField.get(field) ?? []), mistake]);
  }
  return byField;
}

/** The path of the field that a mistake's path leads to, or of the nearest that holds it. */
function fieldOf(path: string, fields: readonly Field[], form: FormValues | null): string | null {
  const named = withoutPrefix(path);
  const own = [...(form?.swept ?? [])].find(([, { key }]) => isAtOrIn(named, key))?.[0];
  const holding = fields.filter((field) => isAtOrIn(named, field.path)).map((field) => field.path);
  return own ?? holding.reduce<string | null>((a, b) => (a !== null && a.length > b.length ? a : b), null);
}

function withoutPrefix(path: string): string {
  return path.replace(/^parameters\./, '');
}

function isAtOrIn(path: string, holder: string): boolean {
  return path === holder || path.startsWith(`${holder}.`);
}

/** What is wrong, by line. */
export function mistakesByLine(mistakes: readonly MistakeDocument[]): ReadonlyMap<number, readonly string[]> {
  const byLine = new Map<number, string[]>();
  for (const { line, message } of mistakes) {
    if (line !== null) byLine.set(line, [...(byLine.get(line) ?? []), message]);
  }
  return byLine;
}

/** Where a line and a column of a text are, as a number of characters; both from 1. */
export function placeInText(text: string, line: number, column: number | null): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + (column ?? 1) - 1;
}
