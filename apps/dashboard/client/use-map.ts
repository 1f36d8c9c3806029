'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { cancelMap, drawMap, getLayout, getMap, type LayoutName } from '../api/operations/images.ts';
import { fetchApi } from './fetch-api.ts';
import { useApi } from './use-api.ts';

const followMs = 250;

/** Places of images on a map; NaN for one that is not on it. */
export interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly shares: readonly [number, number] | null;
}

/** Which layouts there are of a run's images, followed while they are being drawn; and how to start that and to stop it. */
export function useMap(run: string) {
  const queries = useQueryClient();
  const input = { params: { run } };
  const result = useApi(getMap, input, {
    refetchInterval: (answer) => answer?.job?.state === 'running' && followMs,
  });
  const refresh = () => queries.invalidateQueries({ queryKey: [getMap.id, input.params] });
  const start = useMutation({
    mutationFn: () => fetchApi(drawMap, { ...input, body: {} }),
    onSettled: refresh,
  });
  const cancel = useMutation({ mutationFn: () => fetchApi(cancelMap, input), onSettled: refresh });
  return { result, start, cancel };
}

/** Where the images of a list lie in a layout, asked for once it is there; null until that has come. And what was asked, for its error. */
export function useLayout(run: string, list: string, layout: LayoutName) {
  const result = useApi(getLayout, { params: { run, layout }, query: { of: list } });
  const { data } = result;
  const places = useMemo((): Places | null => {
    if (!data) return null;
    const column = (values: readonly (number | null)[]) => Float32Array.from(values, (value) => value ?? NaN);
    return { x: column(data.x), y: column(data.y), shares: data.shares };
  }, [data]);
  return { places, result };
}
