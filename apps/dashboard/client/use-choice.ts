'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useState } from 'react';
import { replaceQuery } from './replace-query.ts';

/**
 * What was chosen of a figure; null where it is as usual. It lives in the page's address, so that links and reports have it, too; the
 * figure shows it at once, as a new address takes a moment to be told.
 */
export function useChoice(name: string): [string | null, (value: string | null) => void] {
  const path = usePathname();
  const told = useSearchParams().get(name);
  const [before, setBefore] = useState(told);
  const [chosen, setChosen] = useState(told);
  if (told !== before) {
    setBefore(told);
    setChosen(told);
  }
  const choose = useCallback(
    (value: string | null) => {
      setChosen(value);
      // Of the moment: several changes may come before the page is drawn again.
      const now = new URLSearchParams(window.location.search);
      if (value === null) now.delete(name);
      else now.set(name, value);
      replaceQuery(path, now);
    },
    [name, path],
  );
  return [chosen, choose];
}
