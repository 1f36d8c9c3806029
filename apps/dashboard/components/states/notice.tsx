import { Alert, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

/** In place of what cannot be shown: why, and what to do. */
export function Notice({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Alert title={title} maw={720} mb="md">
      <Stack gap="sm">
        <div>{children}</div>
        {action && <Group>{action}</Group>}
      </Stack>
    </Alert>
  );
}
