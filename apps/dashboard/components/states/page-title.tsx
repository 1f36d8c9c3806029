import { Box, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { ShortId } from '../names/short-id.tsx';

/** A page's one heading of the first order; with an id, what people call the thing that the page is of, and the id small beneath. */
export function PageTitle({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <Box mb="md">
      <Title order={1} size="h3" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Title>
      {id !== undefined && <ShortId id={id} />}
    </Box>
  );
}
