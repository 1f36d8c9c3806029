'use client';

import { Button } from '@mantine/core';
import { Notice } from '../components/states/notice.tsx';

/** What is left of a page whose component threw. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <Notice title="This page broke" action={<Button onClick={reset}>Try again</Button>}>
      {error.message}
    </Notice>
  );
}
