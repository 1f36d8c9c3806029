/** Width of the terminal that a stream is, in characters; null when it is none. */
export function terminalWidth(stream: NodeJS.WriteStream): number | null {
  return stream.isTTY ? stream.columns : null;
}
