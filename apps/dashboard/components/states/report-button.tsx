'use client';

import { Button } from '@mantine/core';
import { useSearchParams } from 'next/navigation';

interface Props {
  /** Answers with the report. */
  href: string;
  /** What of the page's figures was chosen, by the names that both addresses know. */
  choices: readonly string[];
}

/** Has the browser keep a report that anybody can open, with its figures as they were chosen. */
export function ReportButton({ href, choices }: Props) {
  const chosen = [...useSearchParams()].filter(([name]) => choices.includes(name));
  const query = new URLSearchParams(chosen).toString();
  return (
    <Button
      size="xs"
      variant="default"
      component="a"
      href={query === '' ? href : `${href}${href.includes('?') ? '&' : '?'}${query}`}
      download
      title="One HTML file that anybody can open"
    >
      Report
    </Button>
  );
}
