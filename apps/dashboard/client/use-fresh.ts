'use client';

import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

/** Parameters of the API, such as `{ run: 'ID' }`. */
type Params = Readonly<Record<string, string>>;

/**
 * Has all that was fetched of a run or a sweep asked for again when `mark`, in which its state is told, changes: what ends tells more
 * at its end than at the last look before it, and is not followed any longer. Null while that is not known.
 */
export function useFresh(of: Params, mark: string | null): void {
  const queries = useQueryClient();
  const before = useRef(mark);
  useEffect(() => {
    if (before.current !== null && mark !== null && before.current !== mark) refresh(queries, of);
    before.current = mark;
  });
}

/** Has all that was fetched with one of these parameters asked for again. */
export function refresh(queries: QueryClient, of: Params): void {
  void queries.invalidateQueries({
    predicate: ({ queryKey: [, params] }) => {
      const asked = params as Partial<Params> | undefined;
      return Object.entries(of).some(([name, value]) => asked?.[name] === value);
    },
  });
}
