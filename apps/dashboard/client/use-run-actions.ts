'use client';

import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import {
  annotateRun,
  changeRuns,
  getAnnotations,
  getRun,
  type AnnotationsBody,
  type RunsChange,
} from '../api/operations/runs.ts';
import { fetchApi } from './fetch-api.ts';
import { runRowsKey } from './use-run-rows.ts';

/** What is to become of runs. */
export type Change = Omit<RunsChange, 'runs'>;

export interface RunActions {
  /** Answers whether it was done. */
  readonly annotate: (run: string, change: AnnotationsBody) => Promise<boolean>;
  /** Answers those that were changed. */
  readonly change: (runs: readonly string[], change: Change) => Promise<readonly string[]>;
}

/** What can be done to runs. A refusal is shown; the pages follow what was done. */
export function useRunActions(): RunActions {
  const client = useQueryClient();
  const shown = async <T>(work: Promise<T>): Promise<T | null> => {
    const done = await work.catch((error: unknown) => tell((error as Error).message));
    const followed = Promise.all(
      [runRowsKey, [getAnnotations.id], [getRun.id]].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
    if (done !== null) await followed;
    return done;
  };
  return {
    annotate: async (run, body) => (await shown(fetchApi(annotateRun, { params: { run }, body }))) !== null,
    change: async (runs, change) => {
      const done = await shown(fetchApi(changeRuns, { body: { runs: [...runs], ...change } }));
      const refused = done?.refused ?? [];
      if (refused.length > 0) {
        tell(`${refused.length} of ${runs.length} runs: ${refused[0]!.run}: ${refused[0]!.detail}`);
      }
      return done?.changed ?? [];
    },
  };
}

function tell(message: string): null {
  notifications.show({ color: 'red', title: 'Not done', message });
  return null;
}
