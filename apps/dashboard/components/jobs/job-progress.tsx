import { Progress, Stack, Text } from '@mantine/core';
import type * as z from 'zod';
import type { progressSchema } from '../../api/operations/jobs.ts';

/** How far a job is: its phase, which is read out when another begins, and what is counted of it. */
export function JobProgress({ phase, done, total }: z.infer<typeof progressSchema>) {
  const name = phase.charAt(0).toUpperCase() + phase.slice(1);
  return (
    <Stack gap={4}>
      <Text size="sm" role="status">
        {name}
      </Text>
      {done !== null && total !== null && (
        <>
          <Progress value={(100 * done) / total} aria-label={name} />
          <Text size="sm" c="dimmed">
            {done.toLocaleString('en')} of {total.toLocaleString('en')}
          </Text>
        </>
      )}
    </Stack>
  );
}
