'use client';

import { Alert } from '@mantine/core';
import { usePromotions } from '../../client/use-promotions.ts';
import { PromotionProgress } from './promotion-progress.tsx';

/** The promotions that are under way, whoever began them, also where the dialog in which they were begun is closed. */
export function RunningPromotions() {
  return usePromotions().map(({ model, ...step }) => (
    <Alert key={model} title={`${model} gets a version`} maw={720} mb="md">
      <PromotionProgress {...step} />
    </Alert>
  ));
}
