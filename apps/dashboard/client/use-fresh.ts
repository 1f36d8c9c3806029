'use client';

import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

/** Parameters of the API, such as `{ run: 'ID' }`, each one value or several. */
type Params = Readonly<Record<string, string | readonly string[]>>;

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

/** Has all that was fetched with one of these parameters, in its path or its query, asked for again. */
export function refresh(queries: QueryClient, of: Params): void {
  void queries.invalidateQueries({
    predicate: ({ queryKey: [, ...asked] }) =>
      (asked as (Partial<Params> | null | undefined)[]).some((given) =>
        Object.entries(of).some(([name, values]) =>
          [given?.[name]].flat().some((value) => value !== undefined && [values].flat().includes(value)),
        ),
      ),
  });
}
