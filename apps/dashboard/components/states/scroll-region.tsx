import { ScrollArea } from '@mantine/core';

/** What may be larger than its place, scrolled with the keyboard, too. Of `height` pixels at most; without it scrolled sideways alone. */
export function ScrollRegion({
  label,
  height,
  children,
}: {
  label: string;
  height?: number;
  children: React.ReactNode;
}) {
  const viewport = { tabIndex: 0, role: 'region', 'aria-label': label };
  return height === undefined ? (
    <ScrollArea viewportProps={viewport}>{children}</ScrollArea>
  ) : (
    <ScrollArea.Autosize mah={height} viewportProps={viewport}>
      {children}
    </ScrollArea.Autosize>
  );
}
