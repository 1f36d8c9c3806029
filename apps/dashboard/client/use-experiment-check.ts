'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type * as z from 'zod';
import { checkExperiment } from '../api/operations/experiments.ts';
import { fetchApi } from './fetch-api.ts';

/** Long enough that a word is typed to its end. */
const pauseMs = 300;
/** What was checked before need not be kept for long: each text is another. */
const keptMs = 10_000;

export type ExperimentCheck = z.output<(typeof checkExperiment)['answer']>;

/** What is wrong with an experiment's text, checked whenever its typing pauses; until then what was last known. */
export function useExperimentCheck(text: string) {
  const [yaml] = useDebouncedValue(text, pauseMs);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: [checkExperiment.id, yaml],
    queryFn: ({ signal }) => fetchApi(checkExperiment, { body: { yaml }, signal }),
    placeholderData: keepPreviousData,
    gcTime: keptMs,
  });
  const isCurrent = yaml === text && data !== undefined && !isPlaceholderData;
  return { check: data, error, isCurrent };
}
