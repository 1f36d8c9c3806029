'use client';

import { Button, Group } from '@mantine/core';
import Link from 'next/link';
import { useReadOnly } from '../../client/read-only.ts';

/** Leads to where a sweep is put together and started. */
export function NewSweepButton() {
  if (useReadOnly()) return null;
  return (
    <Group mb="md">
      <Button component={Link} href="/sweeps/new" prefetch={false} size="xs">
        New sweep
      </Button>
    </Group>
  );
}
