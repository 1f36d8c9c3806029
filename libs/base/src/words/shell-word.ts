/** A text as one word of a command that is copied into a shell (POSIX): in single quotes where the shell would read anything into it. */
export function shellWord(text: string): string {
  if (/^[\w./:@%+,-][\w./:@%+,=-]*$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
