import { Button } from '@mantine/core';

/** Has the browser keep a report that anybody can open; `href` answers with it. */
export function ReportButton({ href }: { href: string }) {
  return (
    <Button
      size="xs"
      variant="default"
      component="a"
      href={href}
      download
      title="One HTML file that anybody can open"
    >
      Report
    </Button>
  );
}
