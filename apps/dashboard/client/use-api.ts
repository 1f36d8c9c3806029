'use client';

import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type * as z from 'zod';
import type { Operation } from '../api/operation.ts';
import { fetchApi, type ApiInput } from './fetch-api.ts';

interface Options<T> {
  /** In ms, how soon to ask again, also as what the last answer says. */
  refetchInterval?: number | false | ((answer: T | undefined) => number | false);
  enabled?: boolean;
  /** Whether the answer is the same as long as the server runs. */
  isFixed?: boolean;
  /** What the page came with, until it has asked itself. */
  initial?: T | undefined;
}

/** What the API answers, kept for the components that ask the same. */
export function useApi<O extends Operation>(
  operation: O,
  input: Omit<ApiInput<O>, 'signal'> = {},
  { refetchInterval = false, enabled = true, isFixed = false, initial }: Options<z.output<O['answer']>> = {},
): UseQueryResult<z.output<O['answer']>> {
  return useQuery({
    queryKey: [operation.id, input.params ?? {}, input.query ?? {}],
    queryFn: ({ signal }) => fetchApi(operation, { ...input, signal } as ApiInput<O>),
    enabled,
    ...(isFixed && { staleTime: Infinity }),
    ...(initial !== undefined && { initialData: initial as never }),
    refetchInterval:
      typeof refetchInterval === 'function' ? ({ state }) => refetchInterval(state.data) : refetchInterval,
  });
}
