'use client';

import { listPromotions, type RunningPromotion } from '../api/operations/models.ts';
import { useApi } from './use-api.ts';

const followMs = 500;
const idleMs = 3000;

/** The promotions that the server has under way, followed closely while there are some or `expected` says that one begins. */
export function usePromotions({ expected = false } = {}): readonly RunningPromotion[] {
  const { data } = useApi(
    listPromotions,
    {},
    { refetchInterval: (answer) => (expected || answer?.promotions.length ? followMs : idleMs) },
  );
  return data?.promotions ?? [];
}
