'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { listEpochs, type Epoch } from '../api/operations/epochs.ts';
import { mergeEpochs } from '../shape/merge-epochs.ts';
import { fetchApi } from './fetch-api.ts';
import { useGrowing } from './use-growing.ts';

export interface Epochs {
  readonly epochs: readonly Epoch[];
  readonly cursor: number;
}

/** The epochs of a run; while it is running, new ones once a second. */
export function useEpochs(run: string, running: boolean): UseQueryResult<Epochs> {
  return useGrowing({
    key: [listEpochs.id, { run }],
    grow: (before: Epochs | undefined, signal) => growEpochs(run, before, signal),
    every: running && 1000,
  });
}

async function growEpochs(run: string, before: Epochs | undefined, signal: AbortSignal): Promise<Epochs> {
  const query = { cursor: before?.cursor ?? 0 };
  const { epochs, cursor } = await fetchApi(listEpochs, { params: { run }, query, signal });
  if (before && epochs.length === 0) return before;
  return { epochs: mergeEpochs(before?.epochs ?? [], epochs), cursor };
}
