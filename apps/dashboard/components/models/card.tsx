import { Box, Code, Table, Text, Title, type TitleOrder } from '@mantine/core';
import Markdown from 'markdown-to-jsx/react';
import type { ReactNode } from 'react';

interface Part {
  children?: ReactNode;
}

/** Headings stand below the page's and the section's own. */
function heading(order: TitleOrder) {
  return ({ children }: Part) => (
    <Title order={order} size="h5" mt="md" mb="xs">
      {children}
    </Title>
  );
}

const overrides = {
  h1: heading(3),
  h2: heading(4),
  h3: heading(5),
  p: ({ children }: Part) => (
    <Text size="sm" mb="xs" maw={760}>
      {children}
    </Text>
  ),
  pre: ({ children }: Part) => (
    <Code block component="pre" tabIndex={0} mb="xs">
      {children}
    </Code>
  ),
  table: ({ children }: Part) => (
    <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table style={{ overflowWrap: 'normal', whiteSpace: 'nowrap' }}>{children}</Table>
    </Table.ScrollContainer>
  ),
  thead: Table.Thead,
  tbody: Table.Tbody,
  tr: Table.Tr,
  th: Table.Th,
  td: Table.Td,
};

/** A model card. Names in it come from folders of users, so HTML in it is text. */
export function Card({ markdown }: { markdown: string }) {
  return (
    <Box fz="sm" style={{ overflowWrap: 'anywhere' }}>
      <Markdown options={{ disableParsingRawHTML: true, overrides }}>{markdown}</Markdown>
    </Box>
  );
}
