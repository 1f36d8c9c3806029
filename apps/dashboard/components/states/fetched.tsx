'use client';

import { Button, Loader } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../../client/fetch-api.ts';
import { Notice } from './notice.tsx';

/** What was fetched, or that it is on its way, does not exist or cannot be had. */
export function Fetched<T>({
  result,
  missing,
  children,
}: {
  result: UseQueryResult<T>;
  /** What is said where the server has nothing of this name. */
  missing?: string;
  children: (data: T) => ReactNode;
}) {
  if (result.data !== undefined) return children(result.data);
  if (result.isPending) return <Loader aria-label="Loading" />;
  const isMissing = result.error instanceof ApiError && result.error.status === 404;
  return (
    <Notice
      title={(isMissing && missing) || 'This cannot be shown'}
      action={<Button onClick={() => void result.refetch()}>Try again</Button>}
    >
      {result.error?.message}
    </Notice>
  );
}
