'use client';

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useReadOnly } from '../../client/read-only.ts';

/** A request that a button makes. */
interface Request {
  readonly isPending: boolean;
  readonly mutate: () => void;
}

interface Props {
  isRunning: boolean;
  start: Request;
  cancel: Request;
  /** What it says while the job runs. */
  cancelLabel?: string;
  children: ReactNode;
}

/** Starts a job and ends it. It is one button for both, so that it keeps the focus; none where nothing may be changed. */
export function JobButton({ isRunning, start, cancel, cancelLabel = 'Cancel', children }: Props) {
  const isReadOnly = useReadOnly();
  const isPending = start.isPending || cancel.isPending;
  if (isReadOnly) return null;
  return (
    <Button
      variant={isRunning ? 'default' : 'filled'}
      aria-disabled={isPending}
      onClick={() => {
        if (isPending) return;
        if (isRunning) cancel.mutate();
        else start.mutate();
      }}
    >
      {isRunning ? cancelLabel : children}
    </Button>
  );
}
