'use client';

import { Alert, Button, Group, NumberInput, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { mostWorkers, startSweep } from '../../api/operations/sweep-jobs.ts';
import { fetchApi } from '../../client/fetch-api.ts';
import type { ExperimentCheck } from '../../client/use-experiment-check.ts';
import classes from './new-sweep.module.css';

interface Props {
  yaml: string;
  check: ExperimentCheck | undefined;
  /** Whether `check` is of this very text. */
  isCurrent: boolean;
}

/** Starts the sweep and goes on to its page; in reach wherever the form is scrolled to. */
export function StartSweep({ yaml, check, isCurrent }: Props) {
  const router = useRouter();
  const [workers, setWorkers] = useState<number | undefined>(undefined);
  const start = useMutation({
    mutationFn: () => fetchApi(startSweep, { body: { yaml, ...(workers !== undefined && { workers }) } }),
    onSuccess: ({ sweep }) => {
      router.push(`/sweeps/${encodeURIComponent(sweep)}`);
    },
  });
  const isGood = isCurrent && check?.experiment != null;
  const isBusy = start.isPending || start.isSuccess;
  return (
    <div className={classes['start']}>
      <Group align="flex-end" gap="md">
        <NumberInput
          label="Workers"
          placeholder="as many as fit"
          title="Trials at once; left out, as many as cores and memory allow"
          w={150}
          min={1}
          max={mostWorkers}
          allowDecimal={false}
          value={workers ?? ''}
          onChange={(value) => setWorkers(typeof value === 'number' ? value : undefined)}
        />
        <Button
          variant={isGood ? 'filled' : 'default'}
          aria-disabled={!isGood || isBusy}
          aria-describedby="start-reason"
          onClick={() => {
            if (isGood && !isBusy) start.mutate();
          }}
        >
          {isBusy ? 'Starting …' : 'Start the sweep'}
        </Button>
        <Text id="start-reason" size="sm" mb={8}>
          {isCurrent && !isGood && 'It starts once the mistakes are mended.'}
        </Text>
      </Group>
      {start.error && (
        <Alert color="red" title="Not started" role="alert" mt="xs">
          {start.error.message}
        </Alert>
      )}
    </div>
  );
}
