'use client';

import { createContext, useContext } from 'react';

/** Whether the server that a page came from changes nothing (--read-only). */
export const ReadOnlyContext = createContext(false);

/** Whether what changes something is left out of pages. */
export function useReadOnly(): boolean {
  return useContext(ReadOnlyContext);
}
