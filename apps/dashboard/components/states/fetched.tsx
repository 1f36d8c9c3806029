'use client';

import { Button, Loader } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../../client/fetch-api.ts';
import { Notice } from './notice.tsx';

/** What was fetched, or that it is on its way, does not exist or cannot be had. */
export function Fetched<T>({
  result,
  children,
}: {
  result: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  if (result.data !== undefined) return children(result.data);
  if (result.isPending) return <Loader aria-label="Loading" />;
  const missing = result.error instanceof ApiError && result.error.status === 404;
  return (
    <Notice
      title={missing ? 'Not found' : 'This could not be loaded'}
      action={<Button onClick={() => void result.refetch()}>Try again</Button>}
    >
      {result.error?.message}
    </Notice>
  );
}
