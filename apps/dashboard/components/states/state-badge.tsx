import { Badge } from '@mantine/core';

/** Seen on light and on dark pages alike; without a shade it would be nearly that of a dark one. */
const grey = 'gray.6';

const colors: Record<string, string> = {
  running: 'blue',
  finished: 'teal',
  failed: 'red',
  interrupted: 'orange',
};

/** What became of a run or sweep; the word says it, the colour only helps. */
export function StateBadge({ state }: { state: string }) {
  return (
    <Badge variant="dot" color={colors[state] ?? grey} tt="none" miw="max-content">
      {state}
    </Badge>
  );
}
