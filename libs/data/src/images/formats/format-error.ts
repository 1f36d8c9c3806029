/** What was found wrong with a file, in words for the user: what it is that is not read, or where it is damaged. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

/** For a file that is sound but of a kind that is not read. */
export function notRead(what: string): FormatError {
  return new FormatError(`${what} is not read; save it as PNG`);
}
