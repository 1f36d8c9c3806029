import { UserError } from '@thaw/base';
import { whereBroken } from './broken-json.ts';
import { pythonAsJson } from './python-json.ts';

/** A text in quotes, or a number that Python's json writes and JSON does not have. */
const token = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** A text in quotes of either kind, or a bracket. */
const bracket = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[[{(]|[\]})]/gs;
/** How deep brackets may stand in one another: what walks through them calls itself for each. */
const deepest = 200;

export interface LooseJson {
  readonly data: unknown;
  /** The same as one text of JSON, with every line where it was. */
  readonly json: string;
}

/**
 * JSON as Python writes it: by `json` (NaN and infinities read as null, which stands for an undefined figure), by `print` (quotes are
 * single), or as JSON Lines, an object a line. A UserError names the line of what is none of them.
 */
export function parseLooseJson(text: string, file: string): LooseJson {
  refuseDeep(text, file);
  const strict = text.replace(token, (found) => (found.startsWith('"') ? found : 'null'));
  const asJson = parsed(strict);
  if ('data' in asJson) return asJson;
  const areLines = /^\s*\{.*\}[ \t]*\r?\n\s*\{/.test(strict);
  // A comma in the place of each line's end.
  const list = areLines ? `[${strict.trimEnd().replace(/\}[ \t]*(\r?\n\s*)(?=\{)/g, '},$1')}` : null;
  const asLines = list === null ? asJson : parsed(`${list}]`);
  if ('data' in asLines) return asLines;
  const asPython = parsed(pythonAsJson(text));
  if ('data' in asPython) return asPython;
  if (/^\s*[[{][\s[{(]*'/.test(text))
    throw notJson(asPython, file, 'not what Python prints of a dictionary or list');
  throw notJson(list === null ? asJson : { json: list }, file, 'not JSON');
}

function refuseDeep(text: string, file: string): void {
  let depth = 0;
  for (const { 0: found, index } of text.matchAll(bracket)) {
    if ('[{('.includes(found)) depth++;
    else if (']})'.includes(found)) depth--;
    if (depth > deepest)
      throw new UserError(
        `${file}, line ${text.slice(0, index).split('\n').length}: found brackets more than ${deepest} deep; allowed: at most ${deepest}`,
      );
  }
}

function parsed(json: string): LooseJson | { readonly json: string } {
  try {
    return { data: JSON.parse(json) as unknown, json };
  } catch {
    return { json };
  }
}

function notJson({ json }: { readonly json: string }, file: string, what: string): UserError {
  const { at, allowed } = whereBroken(json);
  const line = json.slice(0, at).split('\n').length;
  const [rest] = json.slice(at).split('\n', 1);
  const found =
    rest === '' ? 'the end' : JSON.stringify(rest!.length > 20 ? `${rest!.slice(0, 20)}...` : rest);
  return new UserError(`${file}, line ${line}: ${what}: found ${found}; allowed: ${allowed}`);
}
