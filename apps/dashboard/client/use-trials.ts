'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type * as z from 'zod';
import { listTrials } from '../api/operations/comparison.ts';
import { fetchApi } from './fetch-api.ts';
import { useGrowing } from './use-growing.ts';

type Trial = z.output<(typeof listTrials)['answer']>['trials'][number];

export interface Trials {
  readonly cursor: string;
  /** In the order of their numbers. */
  readonly trials: readonly Trial[];
}

/** The trials of a sweep; while it is running, what changes of them every second. */
export function useTrials(sweep: string, running: boolean): UseQueryResult<Trials> {
  return useGrowing({
    key: [listTrials.id, { sweep }],
    grow: (before: Trials | undefined, signal) => growTrials(sweep, before, signal),
    every: running ? 1000 : 10_000,
  });
}

async function growTrials(sweep: string, before: Trials | undefined, signal: AbortSignal): Promise<Trials> {
  const { cursor, all, trials } = await fetchApi(listTrials, {
    params: { sweep },
    query: before ? { since: before.cursor } : {},
    signal,
  });
  const byNumber = new Map((before && !all ? before.trials : []).map((trial) => [trial.number, trial]));
  const isNew = (trial: Trial) => JSON.stringify(byNumber.get(trial.number)) !== JSON.stringify(trial);
  // The same list for the same trials, so that plots are not drawn again at every epoch of a trial that has no figures yet.
  if (before && !all && !trials.some(isNew)) return { ...before, cursor };
  for (const trial of trials) byNumber.set(trial.number, trial);
  return { cursor, trials: [...byNumber.values()].sort((a, b) => a.number - b.number) };
}
