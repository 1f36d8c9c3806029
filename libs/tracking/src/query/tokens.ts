import { queryMistake } from './query-mistake.ts';

export type Token =
  | { readonly kind: 'name' | 'operator' | 'end'; readonly text: string; readonly at: number }
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
const constants: Record<string, boolean | null | undefined> = { true: true, false: false, null: null };

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
      const allowed = /^["']/.test(rest)
        ? 'a text that ends with the quote it begins with'
        : 'a column, a value, a comparison, and, or, not, in, contains, brackets';
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
    return {
      kind: 'literal',
      text: quoted[0],
      at,
      value: (quoted[1] ?? quoted[2]!).replace(/\\(.)/gs, '$1'),
    };
  }
  const word = name.exec(rest)?.[0];
  if (word === undefined) return null;
  const constant = constants[word.toLowerCase()];
  if (constant !== undefined) return { kind: 'literal', text: word, at, value: constant };
  return { kind: 'name', text: word, at };
}
