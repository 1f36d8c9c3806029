import { Progress, Stack, Text } from '@mantine/core';
import type { RunningPromotion } from '../../api/operations/models.ts';

/** How far a promotion is: its phase, which is read out when another begins, and what is counted of it. */
export function PromotionProgress({ phase, done, total }: Omit<RunningPromotion, 'model'>) {
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
