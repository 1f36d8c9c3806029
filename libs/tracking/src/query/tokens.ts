import { queryMistake } from './query-mistake.ts';

export type Token =
  | { readonly kind: 'operator' | 'end'; readonly text: string; readonly at: number }
  | {
      readonly kind: 'name';
      /** As it was written, between backquotes where it is. */
      readonly text: string;
      readonly at: number;
      readonly name: string;
    }
  | {
      readonly kind: 'literal';
      readonly text: string;
      readonly at: number;
      readonly value: string | number | boolean | null;
    };

const operator = /^(<=|>=|!=|==|=|<|>|\(|\)|,)/;
const number = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?![\w.])(\s?%)?/i;
const text = /^"((?:[^"\\]|\\.)*)"|^'((?:[^'\\]|\\.)*)'/;
const name = /^[\p{L}_][\p{L}\p{N}_.-]*/u;
/** For names that hold spaces and signs. */
const quotedName = /^`((?:[^`\\]|\\.)+)`/;
/** What stands between quotes means itself behind a backslash. */
const unescaped = (inside: string) => inside.replace(/\\(.)/gs, '$1');
const constants = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const unendedText = 'a text that ends with the quote it begins with';
const unended = new Map([
  ['"', unendedText],
  ["'", unendedText],
  ['`', 'a column that ends with the backquote it begins with'],
]);

/** Splits an expression into names, literals and operators, with where each begins. A UserError for anything else. */
export function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(expression.slice(at))![0].length;
    const rest = expression.slice(at);
    if (rest === '') return [...tokens, { kind: 'end', text: 'the end', at }];
    const token = next(rest, at);
    if (token === null) {
      const allowed =
        unended.get(rest[0]!) ?? 'a column, a value, a comparison, and, or, not, in, contains, brackets';
      throw queryMistake(expression, at, `found ${rest[0]!}; allowed: ${allowed}`);
    }
    tokens.push(token);
    at += token.text.length;
  }
}

function next(rest: string, at: number): Token | null {
  const sign = operator.exec(rest);
  if (sign) return { kind: 'operator', text: sign[0], at };
  const digits = number.exec(rest);
  if (digits) {
    // Accuracies are kept as fractions and shown in per cent.
    const value = digits[2] === undefined ? Number(digits[1]) : Number(digits[1]) / 100;
    return { kind: 'literal', text: digits[0], at, value };
  }
  const quoted = text.exec(rest);
  if (quoted) {
    return { kind: 'literal', text: quoted[0], at, value: unescaped(quoted[1] ?? quoted[2]!) };
  }
  const column = quotedName.exec(rest);
  if (column) return { kind: 'name', text: column[0], at, name: unescaped(column[1]!) };
  const word = name.exec(rest)?.[0];
  if (word === undefined) return null;
  const constant = constants.get(word.toLowerCase());
  if (constant !== undefined) return { kind: 'literal', text: word, at, value: constant };
  return { kind: 'name', text: word, at, name: word };
}

const words = new Set([...constants.keys(), 'and', 'or', 'not', 'in', 'contains']);

/** A column's name as an expression has it: between backquotes where it could be taken for anything else. */
export function writtenColumn(column: string): string {
  const isPlain = name.exec(column)?.[0] === column && !words.has(column.toLowerCase());
  return isPlain ? column : `\`${column.replace(/[`\\]/g, '\\$&')}\``;
}

/** A value as an expression has it. */
export function writtenValue(value: string | number | boolean): string {
  return typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : String(value);
}
