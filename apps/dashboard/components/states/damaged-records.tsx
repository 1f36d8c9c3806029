import { Alert, List, Spoiler } from '@mantine/core';

/** Names the records that could not be read; nothing when all could. */
export function DamagedRecords({ damaged }: { damaged: readonly { path: string; reason: string }[] }) {
  if (damaged.length === 0) return null;
  return (
    <Alert color="orange" title={`${damaged.length} cannot be read`} mb="md">
      <Spoiler maxHeight={100} showLabel="Show all" hideLabel="Show less">
        <List size="sm">
          {damaged.map(({ path, reason }) => (
            <List.Item key={path} style={{ overflowWrap: 'anywhere' }}>
              {path}: {reason}
            </List.Item>
          ))}
        </List>
      </Spoiler>
    </Alert>
  );
}
