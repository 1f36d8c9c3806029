'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelGap, measureGap } from '../api/operations/jobs.ts';
import { getGap } from '../api/operations/results.ts';
import { fetchApi } from './fetch-api.ts';
import { useApi } from './use-api.ts';
import { useFresh } from './use-fresh.ts';

const followMs = 500;

/** What the gap of a run is made of, followed while it is being measured; and how to start that and to stop it. */
export function useGap(run: string) {
  const queries = useQueryClient();
  const input = { params: { run } };
  const result = useApi(getGap, input, {
    refetchInterval: (answer) => answer?.job?.state === 'running' && followMs,
  });
  const refresh = () => queries.invalidateQueries({ queryKey: [getGap.id, input.params] });
  const start = useMutation({
    mutationFn: () => fetchApi(measureGap, { ...input, body: {} }),
    onSettled: refresh,
  });
  const cancel = useMutation({ mutationFn: () => fetchApi(cancelGap, input), onSettled: refresh });

  // Intervals and lists of images go by the groups that were found.
  useFresh(input.params, result.data ? String(result.data.gap !== null) : null);
  return { result, start, cancel };
}
