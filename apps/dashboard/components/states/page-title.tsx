import { Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A page's one heading of the first order. */
export function PageTitle({ children }: { children: ReactNode }) {
  return (
    <Title order={1} size="h3" mb="md" style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Title>
  );
}
