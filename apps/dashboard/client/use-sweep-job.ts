'use client';

import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import {
  changeSweepJob,
  getSweepJob,
  resumeSweep,
  stopSweep,
  stopTrial,
  type SweepJobDocument,
} from '../api/operations/sweep-jobs.ts';
import { getSweep } from '../api/operations/sweeps.ts';
import { growJob, isAtWork, type SweepJob } from '../shape/sweep-job.ts';
import { fetchApi } from './fetch-api.ts';
import { useGrowing } from './use-growing.ts';

const [followMs, idleMs] = [1000, 10_000];

/** What runs of a sweep, followed while it does; of its log only what is new is asked for. */
export function useSweepJob(sweep: string): UseQueryResult<SweepJob> {
  return useGrowing({
    key: [getSweepJob.id, { sweep }],
    grow: async (before: SweepJob | undefined, signal) => {
      const ask = (since: number) => fetchApi(getSweepJob, { params: { sweep }, query: { since }, signal });
      const now = await ask(before?.log.cursor ?? 0);
      // A server that has started anew counts its lines anew.
      const isAnother = before !== undefined && now.log.cursor < before.log.cursor;
      return isAnother ? growJob(undefined, await ask(0)) : growJob(before, now);
    },
    every: (now) => (now && isAtWork(now) ? followMs : idleMs),
  });
}

/** What a sweep can be told. A refusal is shown; the page follows what was done. */
export function useSteer(sweep: string) {
  const queries = useQueryClient();
  const params = { sweep };
  const shared = {
    onError: ({ message }: Error) => notifications.show({ color: 'red', title: 'Not done', message }),
    onSettled: () =>
      Promise.all([getSweepJob.id, getSweep.id].map((id) => queries.invalidateQueries({ queryKey: [id] }))),
  };
  return {
    stop: useMutation({ mutationFn: () => fetchApi(stopSweep, { params, body: {} }), ...shared }),
    stopNow: useMutation({
      mutationFn: () => fetchApi(stopSweep, { params, body: { now: true } }),
      ...shared,
    }),
    resume: useMutation({ mutationFn: () => fetchApi(resumeSweep, { params, body: {} }), ...shared }),
    retry: useMutation({
      mutationFn: () => fetchApi(resumeSweep, { params, body: { retry_failed: true } }),
      ...shared,
    }),
    changeWorkers: useMutation<SweepJobDocument, Error, number>({
      mutationFn: (workers) => fetchApi(changeSweepJob, { params, body: { workers } }),
      ...shared,
    }),
    endTrial: useMutation<SweepJobDocument, Error, number>({
      mutationFn: (trial) => fetchApi(stopTrial, { params: { sweep, trial }, body: {} }),
      ...shared,
    }),
  };
}

export type Steer = ReturnType<typeof useSteer>;
