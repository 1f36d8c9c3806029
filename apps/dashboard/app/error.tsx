'use client';

import { Button } from '@mantine/core';
import { TextLink } from '../components/shell/text-link.tsx';
import { Notice } from '../components/states/notice.tsx';
import { PageTitle } from '../components/states/page-title.tsx';

/** What is left of a page whose component threw. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <>
      <PageTitle>This page broke</PageTitle>
      <Notice title={error.message} action={<Button onClick={reset}>Try again</Button>}>
        Reload it, or go back to <TextLink href="/">the first page</TextLink>. What is stored has not been
        touched.
      </Notice>
    </>
  );
}
