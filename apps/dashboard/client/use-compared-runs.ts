'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { useRef } from 'react';
import type * as z from 'zod';
import { describeRuns } from '../api/operations/comparison.ts';
import { listEpochs } from '../api/operations/epochs.ts';
import { getRun } from '../api/operations/runs.ts';
import { mergeEpochs } from '../shape/merge-epochs.ts';
import { fetchApi } from './fetch-api.ts';
import { useFresh } from './use-fresh.ts';
import { useGrowing } from './use-growing.ts';
import { askAgain, markOf } from './use-run.ts';

type Compared = z.output<(typeof describeRuns)['answer']>;
export type ComparedRun = Compared['runs'][number];

/** What is known of runs to be compared; of those that are running, what is new once a second, and of others what may yet become of them. */
export function useComparedRuns(ids: readonly string[]): UseQueryResult<Compared> {
  const turn = useRef(0);
  const result = useGrowing({
    key: [describeRuns.id, ...ids],
    grow: (before: Compared | undefined, signal) => growCompared(ids, before, signal, turn.current++),
    every: (now) => soonest(now?.runs ?? []),
  });
  const runs = result.data?.runs;
  useFresh({ run: ids }, runs ? runs.map(({ run }) => markOf(run)).join() : null);
  return result;
}

/** In ms, when the first of some runs is to be asked for again; false where none is. */
function soonest(runs: readonly ComparedRun[]): number | false {
  const waits = runs.map(({ run }) => askAgain(run)).filter((each) => each !== false);
  return waits.length > 0 && Math.min(...waits);
}

/**
 * What there is of runs after `before`: new epochs of those that are running, and everything once one of them is another. A turn follows
 * as soon as the first run is to be asked for again; one that need not be asked so soon, such as a sealed one, is asked every few turns.
 */
export async function growCompared(
  ids: readonly string[],
  before: Compared | undefined,
  signal: AbortSignal,
  turn: number,
): Promise<Compared> {
  const all = () => fetchApi(describeRuns, { query: { run: [...ids] }, signal });
  const wait = soonest(before?.runs ?? []);
  if (!before || wait === false) return all();
  const isDue = (every: number | false) => every !== false && turn % Math.round(every / wait) === 0;
  const runs = await Promise.all(
    before.runs.map((each) => (isDue(askAgain(each.run)) ? grown(each, signal) : each)),
  );
  const isOther = runs.some(({ run }, i) => markOf(run) !== markOf(before.runs[i]!.run));
  if (isOther) return all();
  return runs.every((each, i) => each === before.runs[i]) ? before : { ...before, runs };
}

async function grown(before: ComparedRun, signal: AbortSignal): Promise<ComparedRun> {
  const { run: known, epochs } = before;
  const params = { run: known.id };
  if (known.state !== 'running') {
    const run = await fetchApi(getRun, { params, signal });
    return markOf(run) === markOf(known) ? before : { ...before, run };
  }
  const last = epochs.at(-1)?.epoch;
  // Of the last epoch there may be more by now.
  const query = last === undefined ? {} : { after: last - 1 };
  const [run, added] = await Promise.all([
    fetchApi(getRun, { params, signal }),
    fetchApi(listEpochs, { params, query, signal }),
  ]);
  return { run, epochs: mergeEpochs(epochs, added.epochs), results: null };
}
