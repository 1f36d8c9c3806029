'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelAdvice, getAdvice, startAdvice } from '../api/operations/advice.ts';
import { fetchApi } from './fetch-api.ts';
import { useApi } from './use-api.ts';

const followMs = 500;

/** Advice about a folder of images, followed while it is looked at; and how to ask for it and to stop that. */
export function useAdvice(folder: string, yaml: string) {
  const queries = useQueryClient();
  const input = { query: { folder } };
  const result = useApi(getAdvice, input, {
    refetchInterval: (answer) => answer?.job?.state === 'running' && followMs,
  });
  const refresh = () => queries.invalidateQueries({ queryKey: [getAdvice.id] });
  const start = useMutation({
    mutationFn: (seconds: number | undefined) =>
      fetchApi(startAdvice, { body: { yaml, ...(seconds !== undefined && { seconds }) } }),
    onSettled: refresh,
  });
  const cancel = useMutation({ mutationFn: () => fetchApi(cancelAdvice, input), onSettled: refresh });
  return { result, start, cancel };
}
