'use client';

import { Text } from '@mantine/core';
import { useReadOnly } from '../../client/read-only.ts';

/** Why a page has no buttons that change something; nothing where it has them. */
export function ReadOnlyNotice() {
  if (!useReadOnly()) return null;
  return (
    <Text size="sm" c="dimmed" mb="xs">
      This server was started with --read-only: its pages show everything, and start and change nothing.
    </Text>
  );
}
