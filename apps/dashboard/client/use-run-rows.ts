'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { RunRow } from '@thaw/tracking';
import { listRuns } from '../api/operations/runs.ts';
import { unpackRows } from '../api/packed-rows.ts';
import { fetchApi } from './fetch-api.ts';
import { useGrowing } from './use-growing.ts';

export interface RunRows {
  readonly cursor: string;
  /** Oldest first. */
  readonly rows: readonly RunRow[];
  readonly damaged: readonly { readonly path: string; readonly reason: string }[];
}

/** Where the rows are kept among what was fetched. */
export const runRowsKey = [listRuns.id];

/** The rows of all runs, asked for once a second; after the first time only what has changed is sent. */
export function useRunRows(): UseQueryResult<RunRows> {
  return useGrowing({ key: runRowsKey, grow: growRows, every: 1000 });
}

async function growRows(before: RunRows | undefined, signal: AbortSignal): Promise<RunRows> {
  const answer = await fetchApi(listRuns, { query: before ? { since: before.cursor } : {}, signal });
  if (before && answer.cursor === before.cursor) return before;
  const base = before && !answer.all ? before.rows : [];
  return {
    cursor: answer.cursor,
    rows: mergeRows(base, unpackRows(answer.rows), answer.removed),
    damaged: answer.damaged,
  };
}

/** Ids begin with the time, so that their order is that of age. */
export function mergeRows(
  rows: readonly RunRow[],
  changed: readonly RunRow[],
  removed: readonly string[],
): RunRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const id of removed) byId.delete(id);
  for (const row of changed) byId.set(row.id, row);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
