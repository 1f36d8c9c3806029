import { queryMistake } from './query-mistake.ts';
import { tokenize, type Token } from './tokens.ts';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains' | 'in';
export type Literal = string | number | boolean | null;

/** An expression over the columns of a run; `at` is where a column or comparison was written. */
export type Query =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly kind: 'not'; readonly part: Query }
  | {
      readonly kind: 'compare';
      readonly column: string;
      readonly comparison: Comparison;
      /** Several for `in`. */
      readonly values: readonly Literal[];
      readonly at: number;
    };

const signs = new Map<string, Comparison>([
  ['==', '='],
  ...(['=', '!=', '<', '<=', '>', '>=', 'contains', 'in'] as const).map((sign) => [sign, sign] as const),
]);

/**
 * Reads an expression such as `val_accuracy > 0.9 and model.scenario = "partial_unfreeze"`: comparisons of a column with a
 * value (`=` `!=` `<` `<=` `>` `>=`, `contains` for text and tags, `in (a, b)`), joined by `and`, `or`, `not` and brackets;
 * `and` binds closer than `or`. `90 %` is 0.9. A column alone asks whether it is true; one whose name holds spaces or signs, as
 * names of MLflow may, or is such a word, stands between backquotes. A UserError points at what does not fit.
 */
export function parseQuery(expression: string): Query {
  const tokens = tokenize(expression);
  let position = 0;
  const peek = () => tokens[position]!;
  const take = () => tokens[position++]!;
  const isWord = (word: string) => peek().kind !== 'literal' && peek().text.toLowerCase() === word;
  const fail = (allowed: string): never => {
    throw queryMistake(expression, peek().at, `found ${peek().text}; allowed: ${allowed}`);
  };
  const expect = (word: string) => (isWord(word) ? take() : fail(word));

  function joined(kind: 'and' | 'or', part: () => Query): Query {
    const parts = [part()];
    while (isWord(kind)) {
      take();
      parts.push(part());
    }
    return parts.length === 1 ? parts[0]! : { kind, parts };
  }
  const either = (): Query => joined('or', () => joined('and', single));

  function single(): Query {
    if (isWord('not')) {
      take();
      return { kind: 'not', part: single() };
    }
    if (isWord('(')) {
      take();
      const inner = either();
      expect(')');
      return inner;
    }
    return comparison();
  }

  function comparison(): Query {
    const first = peek();
    if (first.kind !== 'name') return fail('a column, for instance val_accuracy or model.scenario');
    take();
    const { name: column, at } = first;
    const sign = peek().kind === 'literal' ? undefined : signs.get(peek().text.toLowerCase());
    if (sign === undefined) {
      if (peek().kind === 'end' || isWord('and') || isWord('or') || isWord(')')) {
        return { kind: 'compare', column, comparison: '=', values: [true], at };
      }
      return fail('a comparison (=, !=, <, <=, >, >=, contains, in)');
    }
    take();
    return { kind: 'compare', column, comparison: sign, values: sign === 'in' ? list() : [value()], at };
  }

  function list(): Literal[] {
    expect('(');
    const values = [value()];
    while (isWord(',')) {
      take();
      values.push(value());
    }
    expect(')');
    return values;
  }

  function value(): Literal {
    const token: Token = peek();
    // A word without quotes is a text: model.scenario = partial_unfreeze.
    if (token.kind !== 'literal' && token.kind !== 'name')
      return fail('a value: a number, "text", true, false or null');
    take();
    return token.kind === 'literal' ? token.value : token.name;
  }

  const query = either();
  if (peek().kind !== 'end') fail('and, or, or the end');
  return query;
}
