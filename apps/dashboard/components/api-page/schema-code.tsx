import { Code } from '@mantine/core';

/** A type, which scrolls by itself where it is wider than the page. */
export function SchemaCode({ label, text }: { label: string; text: string }) {
  return (
    <Code block my="xs" tabIndex={0} role="region" aria-label={label}>
      {text}
    </Code>
  );
}
