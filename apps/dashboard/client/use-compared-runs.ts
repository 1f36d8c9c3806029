'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type * as z from 'zod';
import { describeRuns } from '../api/operations/comparison.ts';
import { listEpochs } from '../api/operations/epochs.ts';
import { getRun } from '../api/operations/runs.ts';
import { mergeEpochs } from '../shape/merge-epochs.ts';
import { fetchApi } from './fetch-api.ts';
import { useGrowing } from './use-growing.ts';

type Compared = z.output<(typeof describeRuns)['answer']>;
export type ComparedRun = Compared['runs'][number];

/** What is known of runs to be compared; of those that are running, what is new once a second. */
export function useComparedRuns(ids: readonly string[]): UseQueryResult<Compared> {
  return useGrowing({
    key: [describeRuns.id, ...ids],
    grow: (before: Compared | undefined, signal) => growCompared(ids, before, signal),
    every: (now) => (now?.runs.some(isRunning) ?? false) && 1000,
  });
}

async function growCompared(
  ids: readonly string[],
  before: Compared | undefined,
  signal: AbortSignal,
): Promise<Compared> {
  const all = () => fetchApi(describeRuns, { query: { run: [...ids] }, signal });
  if (!before?.runs.some(isRunning)) return all();
  const runs = await Promise.all(before.runs.map((each) => (isRunning(each) ? grown(each, signal) : each)));
  const ended = runs.some((each, i) => isRunning(before.runs[i]!) && !isRunning(each));
  return ended ? all() : { ...before, runs };
}

async function grown({ run: { id }, epochs }: ComparedRun, signal: AbortSignal): Promise<ComparedRun> {
  const last = epochs.at(-1)?.epoch;
  // Of the last epoch there may be more by now.
  const query = last === undefined ? {} : { after: last - 1 };
  const [run, added] = await Promise.all([
    fetchApi(getRun, { params: { run: id }, signal }),
    fetchApi(listEpochs, { params: { run: id }, query, signal }),
  ]);
  return { run, epochs: mergeEpochs(epochs, added.epochs), results: null };
}

function isRunning({ run }: ComparedRun): boolean {
  return run.state === 'running';
}
