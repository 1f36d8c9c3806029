import { Badge } from '@mantine/core';

const colors: Record<string, string> = {
  running: 'blue',
  finished: 'teal',
  pruned: 'gray',
  failed: 'red',
  interrupted: 'orange',
};

/** What became of a run or sweep; the word says it, the colour only helps. */
export function StateBadge({ state }: { state: string }) {
  return (
    <Badge variant="dot" color={colors[state] ?? 'gray'} tt="none" miw="max-content">
      {state}
    </Badge>
  );
}
