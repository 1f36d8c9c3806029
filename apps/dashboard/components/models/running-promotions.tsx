'use client';

import { Alert, Button, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { cancelPromotion } from '../../api/operations/models.ts';
import { fetchApi } from '../../client/fetch-api.ts';
import { usePromotions } from '../../client/use-promotions.ts';
import { JobProgress } from '../jobs/job-progress.tsx';

/** The promotions that are under way, whoever began them, also where the dialog in which they were begun is closed. */
export function RunningPromotions() {
  return usePromotions().map(({ model, run, ...step }) => (
    <Alert key={run} title={`${model} gets a version`} maw={720} mb="md">
      <Stack gap="xs" align="flex-start">
        <Stack w="100%">
          <JobProgress {...step} />
        </Stack>
        <Button
          size="xs"
          variant="default"
          aria-label={`Cancel the promotion to ${model}`}
          onClick={() => cancel(run)}
        >
          Cancel
        </Button>
      </Stack>
    </Alert>
  ));
}

/** Whoever began it is told that it was cancelled. */
function cancel(run: string): void {
  fetchApi(cancelPromotion, { params: { run } }).catch(({ message }: Error) => {
    notifications.show({ color: 'red', title: 'Not cancelled', message });
  });
}
