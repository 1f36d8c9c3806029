'use client';

import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Operation } from '../api/operation.ts';
import { fetchApi, type ApiInput } from './fetch-api.ts';

/** What the API answers, kept for the components that ask the same. `refetchInterval` in ms asks again and again. */
export function useApi<O extends Operation>(
  operation: O,
  input: Omit<ApiInput<O>, 'signal'> = {},
  options: { refetchInterval?: number; enabled?: boolean } = {},
): UseQueryResult<z.output<O['answer']>> {
  return useQuery({
    queryKey: [operation.id, input.params ?? {}, input.query ?? {}],
    queryFn: ({ signal }) => fetchApi(operation, { ...input, signal } as ApiInput<O>),
    ...options,
  });
}
