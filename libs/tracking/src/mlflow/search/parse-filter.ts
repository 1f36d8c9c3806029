import { invalid } from '../requests/mlflow-error.ts';

/** One comparison of a filter, not yet looked at for what may be compared with what. */
export interface Clause {
  readonly column: string;
  readonly comparator: string;
  readonly value: { readonly kind: 'number' | 'text' | 'word'; readonly text: string } | readonly string[];
}

const token =
  /\s*(?:(<=|>=|!=|=|<|>)|(\()|(\))|(,)|('(?:[^'])*'|"(?:[^"])*")|((?:[\w-]+\.)?`[^`]*`|[\w-]+\."[^"]*")|(-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?(?![\w.]))|([^\s<>=!(),'"`]+))/y;

type Kind = 'comparator' | 'open' | 'close' | 'comma' | 'text' | 'quoted' | 'number' | 'word';
const kinds: readonly Kind[] = ['comparator', 'open', 'close', 'comma', 'text', 'quoted', 'number', 'word'];
interface Token {
  readonly kind: Kind;
  readonly text: string;
}

/** Comparisons joined by AND, as MLflow's search has them: `metrics.loss < 1 AND params."my key" = 'a'`. Nothing else is allowed: OR is refused. */
export function parseFilter(filter: string): Clause[] {
  const tokens = tokensOf(filter);
  const clauses: Clause[] = [];
  for (let at = 0; at < tokens.length;) {
    if (clauses.length > 0) {
      if (!isWord(tokens[at], 'AND')) throw invalidClause(tokens.slice(at));
      at++;
    }
    const { clause, next } = clauseAt(tokens, at);
    clauses.push(clause);
    at = next;
  }
  return clauses;
}

function clauseAt(tokens: readonly Token[], at: number): { clause: Clause; next: number } {
  const [column, second, third] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (!column || !['word', 'quoted', 'text'].includes(column.kind) || !second)
    throw invalidClause(tokens.slice(at));
  const name = column.text;
  if (second.kind === 'comparator' || isWord(second, 'LIKE') || isWord(second, 'ILIKE')) {
    if (!third) throw invalid('Invalid comparison clause. Expected 3 tokens found 2');
    const kind = third.kind === 'number' || third.kind === 'text' ? third.kind : 'word';
    const value = { kind, text: kind === 'text' ? third.text.slice(1, -1) : third.text } as const;
    return { clause: { column: name, comparator: second.text.toUpperCase(), value }, next: at + 3 };
  }
  const negated = isWord(second, 'NOT');
  const opens = negated ? at + 3 : at + 2;
  if (!isWord(tokens[opens - 1], 'IN') || tokens[opens]?.kind !== 'open')
    throw invalidClause(tokens.slice(at));
  const end = tokens.findIndex((each, i) => i > opens && each.kind === 'close');
  if (end < 0) throw invalidClause(tokens.slice(at));
  const values = tokens.slice(opens + 1, end).filter((each) => each.kind !== 'comma');
  if (values.length === 0 || values.some((each) => each.kind !== 'text'))
    throw invalid(
      'While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list',
    );
  const clause = {
    column: name,
    comparator: negated ? 'NOT IN' : 'IN',
    value: values.map(({ text }) => text.slice(1, -1)),
  };
  return { clause, next: end + 1 };
}

function tokensOf(filter: string): Token[] {
  const text = filter.trimEnd();
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const from = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw invalid(`Invalid filter '${filter}'. Could not be parsed: ${text.slice(from).trim()}`);
    const index = match.slice(1).findIndex((group) => group !== undefined);
    tokens.push({ kind: kinds[index]!, text: match[index + 1]! });
  }
  return tokens;
}

function isWord(each: Token | undefined, word: string): boolean {
  return each?.kind === 'word' && each.text.toUpperCase() === word;
}

function invalidClause(tokens: readonly Token[]) {
  return invalid(`Invalid clause(s) in filter string: '${tokens.map(({ text }) => text).join(' ')}'`);
}
