import { Code } from '@mantine/core';

/** A sentence in which code stands between backquotes. */
export function Words({ text }: { text: string }) {
  return text.split('`').map((part, i) => (i % 2 === 1 ? <Code key={i}>{part}</Code> : part));
}
