'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { cancelGap, measureGap } from '../api/operations/jobs.ts';
import { getGap } from '../api/operations/results.ts';
import { fetchApi } from './fetch-api.ts';
import { useApi } from './use-api.ts';

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

  const state = result.data?.job?.state;
  const before = useRef(state);
  useEffect(() => {
    // Intervals and lists of images go by the groups that were found.
    if (before.current === 'running' && state === 'finished') {
      const isOfRun = (params: unknown) => (params as { run?: unknown } | undefined)?.run === run;
      void queries.invalidateQueries({ predicate: ({ queryKey: [, params] }) => isOfRun(params) });
    }
    before.current = state;
  }, [queries, run, state]);
  return { result, start, cancel };
}
