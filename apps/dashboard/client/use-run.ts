'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { getRun, type Run } from '../api/operations/runs.ts';
import { useApi } from './use-api.ts';
import { useFresh } from './use-fresh.ts';

interface Options {
  readonly enabled?: boolean;
  /** What the page came with. */
  readonly initial?: Run | undefined;
}

type Told = Pick<Run, 'state' | 'sealed'>;

/** A run, followed for as long as more may become of it; once more has, all that was fetched of it is asked for again. */
export function useRun(id: string, { enabled = true, initial }: Options = {}): UseQueryResult<Run> {
  const result = useApi(getRun, { params: { run: id } }, { refetchInterval: askAgain, enabled, initial });
  const run = result.data;
  useFresh({ run: id, ...(run?.sweep && { sweep: run.sweep }) }, run ? markOf(run) : null);
  return result;
}

/**
 * In ms, how soon more may have become of a run: one that is at work may end at any moment, one that was interrupted be taken up again,
 * and a test set that is sealed opened. False where no more becomes of it.
 */
export function askAgain(run: Told | undefined): number | false {
  if (run?.state === 'running') return 1000;
  return (run?.state === 'interrupted' || (run?.state === 'finished' && run.sealed)) && 10_000;
}

/** What is another once more is to be told of a run. */
export function markOf({ state, sealed }: Told): string {
  return `${state}, ${sealed}`;
}
