'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { replaceQuery } from './replace-query.ts';
import { readFilter, writeFilter, type ImageFilter } from '../shape/images/image-filter.ts';

/** The filter of images in the page's address, and how to change parts of it. */
export function useImageFilter(): [ImageFilter, (change: Partial<ImageFilter>) => void] {
  const path = usePathname();
  const query = useSearchParams();
  const filter = useMemo(() => readFilter(new URLSearchParams(query)), [query]);
  const change = useCallback(
    (part: Partial<ImageFilter>) => {
      const now = new URLSearchParams(window.location.search);
      writeFilter({ ...readFilter(now), ...part }, now);
      replaceQuery(path, now);
    },
    [path],
  );
  return [filter, change];
}
