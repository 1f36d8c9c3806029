import { UserError } from '@thaw/base';

/** A text in quotes, or a number that Python's json writes and JSON does not have. */
const token = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** JSON as Python writes it: NaN and infinities read as null, which stands for an undefined figure. A UserError names the line of what is no JSON. */
export function parseLooseJson(text: string, file: string): unknown {
  const strict = text.replace(token, (found) => (found.startsWith('"') ? found : 'null'));
  try {
    return JSON.parse(strict);
  } catch (error) {
    const { message } = error as Error;
    const position = /position (\d+)/.exec(message)?.[1];
    const line =
      position === undefined ? '' : `, line ${strict.slice(0, Number(position)).split('\n').length}`;
    throw new UserError(`${file}${line}: not JSON: ${message}`);
  }
}
