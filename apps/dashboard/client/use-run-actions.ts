'use client';

import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import type { Annotations } from '@thaw/tracking';
import { annotateRun, deleteRun, restoreRun } from '../api/operations/runs.ts';
import { fetchApi } from './fetch-api.ts';
import { runRowsKey } from './use-run-rows.ts';

export interface RunActions {
  readonly annotate: (run: string, change: Partial<Annotations>) => Promise<void>;
  readonly archive: (runs: readonly string[], archived: boolean) => Promise<void>;
  readonly remove: (runs: readonly string[]) => Promise<void>;
  readonly restore: (runs: readonly string[]) => Promise<void>;
}

/** What can be done to runs. A refusal is shown; the table follows what was done. */
export function useRunActions(): RunActions {
  const client = useQueryClient();
  const each = async (runs: readonly string[], act: (run: string) => Promise<unknown>) => {
    const results = await Promise.allSettled(runs.map(act));
    for (const result of results) {
      if (result.status === 'rejected') {
        notifications.show({ color: 'red', title: 'Not done', message: (result.reason as Error).message });
      }
    }
    await client.invalidateQueries({ queryKey: runRowsKey });
  };
  return {
    annotate: (run, { tags, ...change }) =>
      each([run], () =>
        fetchApi(annotateRun, { params: { run }, body: { ...change, ...(tags && { tags: [...tags] }) } }),
      ),
    archive: (runs, archived) =>
      each(runs, (run) => fetchApi(annotateRun, { params: { run }, body: { archived } })),
    remove: (runs) => each(runs, (run) => fetchApi(deleteRun, { params: { run } })),
    restore: (runs) => each(runs, (run) => fetchApi(restoreRun, { params: { run } })),
  };
}
