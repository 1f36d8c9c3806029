import type { Document, Node, Pair, YAMLMap } from 'yaml';
import { isMap, isScalar, Lexer } from 'yaml';
import { valueAt } from '../messages/json-schema.ts';
import { valueText } from './value-text.ts';

/** Characters of a text that others take the place of. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Change {
  readonly path: readonly string[];
  /** What the whole document is to say. */
  readonly wanted: unknown;
  /** The order of the document's own keys. */
  readonly sections: readonly string[];
  readonly removes: boolean;
}

type Entry = Pair<Node, Node | null>;
type Entries = YAMLMap<Node, Node | null>;

/** The smallest change of a text by which it says what is wanted at a path; null where its layout is none of the usual ones. */
export function spliceOf(text: string, { contents }: Document.Parsed, change: Change): Splice | null {
  if (contents === null) return appended(text, change);
  if (!isMap<Node, Node | null>(contents)) return null;
  let map = contents;
  let only: { map: Entries; entry: Entry } | null = null;
  for (const [depth, step] of change.path.entries()) {
    const at = change.path.slice(0, depth + 1);
    const entry = map.items.find(({ key }) => isScalar(key) && String(key.value) === step);
    if (entry === undefined) return inserted(text, map, at, change);
    // A section that would be empty goes with the last of its entries.
    only = map.items.length > 1 || only === null ? { map, entry } : only;
    const isLast = at.length === change.path.length;
    if (isLast && change.removes) return removed(text, only.map, only.entry);
    if (isLast || !isMap<Node, Node | null>(entry.value)) {
      return replaced(text, entry, valueText(valueAt(change.wanted, at)));
    }
    map = entry.value;
  }
  return null;
}

function replaced(text: string, { key, value }: Entry, written: string): Splice {
  const colon = text.indexOf(':', key.range![1]) + 1;
  if (!value?.range || value.range[0] === value.range[1]) {
    return { start: colon, end: colon, text: ` ${written}` };
  }
  const [start, end] = value.range;
  const isBlock = text[end - 1] === '\n';
  const isBelow = text.slice(colon, start).includes('\n');
  if (!isBlock && !isBelow) return { start, end, text: written };
  // What stands below its key goes; comments stay.
  const beside = isBelow ? text.slice(colon, text.indexOf('\n', colon)).trimEnd() : '';
  const indent = indentAt(text, key.range![0]);
  const others = isBelow ? commentsIn(text.slice(start, end)).map((comment) => `\n${indent}${comment}`) : [];
  return { start: colon, end: isBlock ? end - 1 : end, text: ` ${written}${beside}${others.join('')}` };
}

function removed(text: string, map: Entries, entry: Entry): Splice {
  const index = map.items.indexOf(entry);
  const [before, after] = [map.items[index - 1], map.items[index + 1]];
  const start = entry.key.range![0];
  if (map.flow !== true) {
    const [first, last] = [lineStart(text, start), lineEnd(text, endOf(entry))];
    const indent = indentAt(text, start);
    const comments = commentsIn(text.slice(start, last)).map((comment) => `${indent}${comment}\n`);
    return { start: first, end: last, text: comments.join('') };
  }
  if (after) return { start, end: after.key.range![0], text: '' };
  return { start: before ? endOf(before) : start, end: endOf(entry), text: '' };
}

function inserted(text: string, map: Entries, at: readonly string[], change: Change): Splice | null {
  const key = at.at(-1)!;
  const value = valueAt(change.wanted, at);
  const last = map.items.at(-1);
  if (map.flow === true) {
    const end = last ? endOf(last) : map.range![0] + 1;
    return { start: end, end, text: `${last ? ', ' : ''}${entryText(key, value)}` };
  }
  if (!last) return null;
  const isTop = at.length === 1;
  const behind = isTop ? entryBefore(map, key, change.sections) : last;
  const indent = indentAt(text, map.items[0]!.key.range![0]);
  const lines =
    isTop && change.path.length > 1 ? sectionText(key, value) : `${indent}${entryText(key, value)}\n`;
  const start = behind ? lineEnd(text, endOf(behind)) : lineStart(text, map.items[0]!.key.range![0]);
  const isOpen = start > 0 && text[start - 1] !== '\n';
  return { start, end: start, text: isOpen ? `\n${lines}` : lines };
}

/** The entry of the file behind which a new section belongs; undefined where it comes first. */
function entryBefore(map: Entries, key: string, sections: readonly string[]): Entry | undefined {
  const place = sections.indexOf(key);
  if (place < 0) return map.items.at(-1);
  return map.items.findLast(({ key: other }) => {
    const there = sections.indexOf(isScalar(other) ? String(other.value) : '');
    return there >= 0 && there < place;
  });
}

/** In a text that says nothing but comments. */
function appended(text: string, { path, wanted }: Change): Splice {
  const [key] = path as [string];
  const value = valueAt(wanted, [key]);
  const lines = path.length > 1 ? sectionText(key, value) : `${entryText(key, value)}\n`;
  const isOpen = text !== '' && !text.endsWith('\n');
  return { start: text.length, end: text.length, text: isOpen ? `\n${lines}` : lines };
}

function sectionText(section: string, value: unknown): string {
  const entries = Object.entries(value as Record<string, unknown>);
  return `${section}:\n${entries.map(([key, each]) => `  ${entryText(key, each)}\n`).join('')}`;
}

function entryText(key: string, value: unknown): string {
  return `${valueText(key)}: ${valueText(value)}`;
}

function endOf({ key, value }: Entry): number {
  return value?.range?.[1] ?? key.range![1];
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Behind the line that ends at or after `at`; `at` itself where a line has just ended. */
function lineEnd(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** As many spaces as stand before a key; other characters before it are counted as such. */
function indentAt(text: string, at: number): string {
  return ' '.repeat(at - lineStart(text, at));
}

function commentsIn(text: string): string[] {
  return [...new Lexer().lex(text)].filter((token) => token.startsWith('#'));
}
