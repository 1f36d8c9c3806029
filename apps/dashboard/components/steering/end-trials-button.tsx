'use client';

import { Button } from '@mantine/core';
import { counted } from '@thaw/base/browser';
import type { RunRow } from '@thaw/tracking';
import { useReadOnly } from '../../client/read-only.ts';
import { useSteer, useSweepJob } from '../../client/use-sweep-job.ts';

/** Ends those of the selected trials that run here; the sweep goes on, and a resumed one runs them again. Nothing where none does. */
export function EndTrialsButton({ sweep, chosen }: { sweep: string; chosen: readonly RunRow[] }) {
  const job = useSweepJob(sweep).data;
  const isReadOnly = useReadOnly();
  const { endTrial } = useSteer(sweep);
  const running = job?.workers.filter(
    ({ run, stopping }) => !stopping && chosen.some(({ id }) => id === run),
  );
  if (isReadOnly || !running || running.length === 0) return null;
  return (
    <Button
      size="xs"
      variant="default"
      aria-disabled={endTrial.isPending}
      onClick={() => {
        if (endTrial.isPending) return;
        for (const { trial } of running) endTrial.mutate(trial);
      }}
    >
      End {counted(running.length, 'trial')}
    </Button>
  );
}
