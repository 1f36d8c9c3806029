import { structuralKey } from '@thaw/base';
import type { Document } from 'yaml';
import { isMapping, valueAt } from '../messages/json-schema.ts';
import { setValue } from '../trial-input.ts';
import { parseText, plainValue } from './parse-text.ts';
import { spliceOf } from './splice.ts';

/**
 * The text of an experiment file with another value at a path of keys, or, where the value is undefined, without what stands there.
 * The rest stays as it was written: order, comments, spaces. `sections` says in which order a new section takes its place.
 * Null where the text is not YAML, or where what is meant stands elsewhere (behind an alias).
 */
export function editText(
  text: string,
  path: readonly string[],
  value: unknown,
  sections: readonly string[] = [],
): string | null {
  const document = parseText(text);
  if (document === null) return null;
  const before = sectionsOf(document);
  if (before === null) return null;
  const wanted = value === undefined ? without(before, path) : setValue(before, path, value);
  if (structuralKey(wanted) === structuralKey(before)) return text;
  const splice = spliceOf(text, document, { path, wanted, sections, removes: value === undefined });
  const edited = splice && text.slice(0, splice.start) + splice.text + text.slice(splice.end);
  // What an alias or an unusual layout would make of it is found by reading it again.
  const holds = (result: string) => structuralKey(readText(result)) === structuralKey(wanted);
  if (edited !== null && holds(edited)) return edited;
  const written = rewritten(document, path, wanted);
  return written !== null && holds(written) ? written : null;
}

/** What an experiment file says; null where its text is not YAML, or says something else than keys. */
export function readText(text: string): Record<string, unknown> | null {
  const document = parseText(text);
  return document && sectionsOf(document);
}

/** An empty file is one that leaves all out. */
function sectionsOf(document: Document.Parsed): Record<string, unknown> | null {
  const values = plainValue(document);
  if (values === null) return {};
  return isMapping(values) ? values : null;
}

/** Written anew as a whole: comments and order stay, spaces do not. Null where a section on the way stands elsewhere. */
function rewritten(document: Document.Parsed, path: readonly string[], wanted: unknown): string | null {
  const prefixes = path.map((_, i) => path.slice(0, i + 1));
  // As far as both have sections.
  const at =
    prefixes.find((prefix) => !document.hasIn(prefix) || !isMapping(valueAt(wanted, prefix))) ?? path;
  const value = valueAt(wanted, at);
  try {
    if (value === undefined) document.deleteIn(at);
    else document.setIn(at, value);
  } catch {
    return null;
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Without what stands at a path, and without the sections that it was all of. */
function without(
  holder: Record<string, unknown>,
  [step, ...rest]: readonly string[],
): Record<string, unknown> {
  const inner = holder[step!];
  if (inner === undefined || (rest.length > 0 && !isMapping(inner))) return holder;
  const left = rest.length > 0 && isMapping(inner) ? without(inner, rest) : {};
  if (Object.keys(left).length > 0) return { ...holder, [step!]: left };
  return Object.fromEntries(Object.entries(holder).filter(([key]) => key !== step));
}
