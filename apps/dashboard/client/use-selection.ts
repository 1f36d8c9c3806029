'use client';

import { usePathname } from 'next/navigation';
import { useCallback, useState, type Dispatch, type SetStateAction } from 'react';

type Selection = ReadonlySet<string>;

/** Ids that were selected on this page, kept by the browser's tab, so that they are there on the way back. */
export function useSelection(): [Selection, Dispatch<SetStateAction<Selection>>] {
  const key = `selected ${usePathname()}`;
  const [selected, setSelected] = useState<Selection>(() => kept(key));
  const select = useCallback(
    (update: SetStateAction<Selection>) =>
      setSelected((before) => {
        const next = typeof update === 'function' ? update(before) : update;
        keep(key, next);
        return next;
      }),
    [key],
  );
  return [selected, select];
}

function kept(key: string): Selection {
  if (typeof window === 'undefined') return new Set();
  try {
    const ids: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? '[]');
    return new Set(Array.isArray(ids) ? ids.map(String) : []);
  } catch {
    return new Set();
  }
}

/** A browser that keeps nothing forgets it on the way, no more. */
function keep(key: string, selected: Selection): void {
  try {
    if (selected.size === 0) window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, JSON.stringify([...selected]));
  } catch {
    // As good as nothing selected.
  }
}
