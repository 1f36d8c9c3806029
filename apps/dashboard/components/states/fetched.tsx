'use client';

import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../../client/fetch-api.ts';
import { Notice } from './notice.tsx';
import { Waiting } from './waiting.tsx';

interface Props<T> {
  result: UseQueryResult<T>;
  /** What is said where the server has nothing of this name. */
  missing?: string;
  /** The room that it keeps while it is on its way, so that what stands below does not jump: a CSS height. */
  room?: string;
  children: (data: T) => ReactNode;
}

/** What was fetched, or that it is on its way, does not exist or cannot be had; what the server takes back is not shown any longer. */
export function Fetched<T>({ result, missing, room, children }: Props<T>) {
  const isRefused = result.error instanceof ApiError && !isForNow(result.error);
  if (result.data !== undefined && !isRefused) return children(result.data);
  if (result.isPending) return <Waiting room={room} />;
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

/** A server that is too busy has taken nothing back. */
function isForNow({ status }: ApiError): boolean {
  return status === 429 || status === 503;
}
