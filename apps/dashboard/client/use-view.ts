'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { replaceQuery } from './replace-query.ts';
import { readView, changedView, type View } from '../shape/view.ts';

/** The view in the page's address, and how to change parts of it. */
export function useView(): [View, (change: Partial<View>) => void] {
  const path = usePathname();
  const query = useSearchParams();
  const view = useMemo(() => readView(new URLSearchParams(query)), [query]);
  const change = useCallback(
    (part: Partial<View>) => {
      // Of the moment: several changes may come before the page is drawn again.
      replaceQuery(path, changedView(new URLSearchParams(window.location.search), part));
    },
    [path],
  );
  return [view, change];
}
