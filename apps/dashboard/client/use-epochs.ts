'use client';

import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { listEpochs, type Epoch } from '../api/operations/results.ts';
import { fetchApi } from './fetch-api.ts';
import { useGrowing } from './use-growing.ts';

/** The epochs of a run; while it is running, new ones once a second. */
export function useEpochs(run: string, running: boolean): UseQueryResult<Epoch[]> {
  const client = useQueryClient();
  const wasRunning = useRef(running);
  useEffect(() => {
    // Between the last look and the run's end there may have been another epoch.
    if (wasRunning.current && !running) void client.invalidateQueries({ queryKey: [listEpochs.id, run] });
    wasRunning.current = running;
  }, [client, run, running]);
  return useGrowing({
    key: [listEpochs.id, run],
    grow: (before: Epoch[] | undefined, signal) => growEpochs(run, before, signal),
    every: running && 1000,
  });
}

async function growEpochs(run: string, before: Epoch[] = [], signal: AbortSignal): Promise<Epoch[]> {
  const query = { after: before.at(-1)?.epoch ?? 0 };
  const { epochs } = await fetchApi(listEpochs, { params: { run }, query, signal });
  return epochs.length === 0 ? before : [...before, ...epochs];
}
