'use client';

import { Progress, Stack, Text } from '@mantine/core';
import { getPromotion } from '../../api/operations/models.ts';
import { useApi } from '../../client/use-api.ts';

const refetchMs = 500;

/** How far the promotion to a version of a model is: its phase, which is read out when another begins, and what is counted of it. */
export function PromotionProgress({ model }: { model: string }) {
  const { data } = useApi(getPromotion, { params: { model } }, { refetchInterval: refetchMs });
  const { phase, done, total } = data?.promotion ?? { phase: 'beginning', done: null, total: null };
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
