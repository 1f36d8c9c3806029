'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { cancelViews, getViews, startViews } from '../api/operations/views.ts';
import { fetchApi } from './fetch-api.ts';
import { useApi } from './use-api.ts';

const followMs = 500;

/** Augmented views of an experiment's images, followed while they are drawn; and how to ask for them and to stop that. */
export function useViews(yaml: string) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState<{ images: string; yaml: string } | null>(null);
  const input = { query: { images: asked?.images ?? '' } };
  const result = useApi(getViews, input, {
    enabled: asked !== null,
    refetchInterval: (answer) => answer?.job?.state === 'running' && followMs,
  });
  const refresh = () => queries.invalidateQueries({ queryKey: [getViews.id] });
  const start = useMutation({
    mutationFn: () => fetchApi(startViews, { body: { yaml } }),
    onSuccess: ({ images }) => {
      setAsked({ images, yaml });
    },
    onSettled: refresh,
  });
  const cancel = useMutation({ mutationFn: () => fetchApi(cancelViews, input), onSettled: refresh });
  return { result, start, cancel, isOfAnotherText: asked !== null && asked.yaml !== yaml };
}
