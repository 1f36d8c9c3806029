'use client';

import { Button, Group, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { mostWorkers } from '../../api/operations/sweep-jobs.ts';
import type { Steer } from '../../client/use-sweep-job.ts';

/** Changes how many trials run at once. */
export function WorkersControl({
  wanted,
  change,
}: {
  wanted: number | null;
  change: Steer['changeWorkers'];
}) {
  const [typed, setTyped] = useState<number | null>(null);
  const value = typed ?? wanted;
  const isOther = typed !== null && typed !== wanted;
  return (
    <Group
      component="form"
      gap="xs"
      align="flex-end"
      onSubmit={(event) => {
        event.preventDefault();
        if (isOther && !change.isPending) change.mutate(typed, { onSuccess: () => setTyped(null) });
      }}
    >
      <NumberInput
        size="xs"
        w={110}
        label="Workers"
        min={1}
        max={mostWorkers}
        allowDecimal={false}
        value={value ?? ''}
        onChange={(next) => setTyped(typeof next === 'number' ? next : null)}
      />
      <Button type="submit" size="xs" variant="default" aria-disabled={!isOther || change.isPending}>
        Change
      </Button>
    </Group>
  );
}
