import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of a page under a heading of the second order. */
export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <Paper component="section" withBorder p="md" mb="md" style={{ minWidth: 0 }}>
      <Title order={2} size="h4" mb={note ? 4 : 'sm'}>
        {title}
      </Title>
      {note && (
        <Text size="sm" mb="sm" maw={760}>
          {note}
        </Text>
      )}
      {children}
    </Paper>
  );
}
