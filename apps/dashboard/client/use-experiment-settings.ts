'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type * as z from 'zod';
import { getExperimentSettings } from '../api/operations/experiments.ts';
import { useApi } from './use-api.ts';

export type ExperimentSettings = z.output<(typeof getExperimentSettings)['answer']>;

/** What an experiment may say here; the same as long as the server runs. */
export function useExperimentSettings(): UseQueryResult<ExperimentSettings> {
  return useApi(getExperimentSettings, {}, { isFixed: true });
}
