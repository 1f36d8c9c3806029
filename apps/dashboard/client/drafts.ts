'use client';

import { useSyncExternalStore } from 'react';

/**
 * What is being written and is not saved yet, by what it is of. It outlives the fields in which it is written: a table's row leaves
 * the page when it is scrolled out of sight.
 */
export class Drafts {
  readonly #drafts = new Map<string, unknown>();
  readonly #saving = new Set<string>();
  readonly #listeners = new Set<() => void>();

  get(of: string): unknown {
    return this.#drafts.get(of);
  }

  /** Undefined takes a draft away. */
  set(of: string, draft: unknown): void {
    if (draft === undefined) this.#drafts.delete(of);
    else this.#drafts.set(of, draft);
    for (const listener of this.#listeners) listener();
  }

  /** Has a draft saved, once at a time. It goes when `save` says that it was, unless it has become another meanwhile. */
  async save(of: string, save: () => Promise<boolean>): Promise<void> {
    if (this.#saving.has(of)) return;
    const saved = this.get(of);
    this.#saving.add(of);
    try {
      if ((await save()) && this.get(of) === saved) this.set(of, undefined);
    } finally {
      this.#saving.delete(of);
    }
  }

  /** Tells whenever a draft has changed; the returned function ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** Those of this browser's tab. */
export const drafts = new Drafts();

/** The draft of something; undefined while nothing is written of it. */
export function useDraft<T>(of: string): T | undefined {
  const get = () => drafts.get(of) as T | undefined;
  return useSyncExternalStore(drafts.subscribe, get, get);
}
