'use client';

import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';

interface Growing<T> {
  /** Where the answer is kept among what was fetched. */
  readonly key: readonly unknown[];
  /** What there is now, from what there was, which is undefined at first; `before` itself where nothing is new. */
  readonly grow: (before: T | undefined, signal: AbortSignal) => Promise<T>;
  /** In ms, how soon to ask again, also as what there is says; false asks no more. */
  readonly every: number | false | ((now: T | undefined) => number | false);
}

/** What grows on the server, asked for again and again, each time only for what is new. */
export function useGrowing<T>({ key, grow, every }: Growing<T>): UseQueryResult<T> {
  const client = useQueryClient();
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => grow(client.getQueryData<T>(key), signal),
    structuralSharing: false,
    refetchInterval: typeof every === 'function' ? ({ state }) => every(state.data as T | undefined) : every,
  });
}
