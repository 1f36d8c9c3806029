/** What one of our own decoders found wrong with a file, in words for the user. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}
