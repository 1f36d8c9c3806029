'use client';

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useReadOnly } from '../../client/read-only.ts';
import { useSteer, type Steer } from '../../client/use-sweep-job.ts';
import { isAtWork, jobWords, queueWords, type SweepJob } from '../../shape/sweep-job.ts';
import { JobButton } from '../jobs/job-button.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { Section } from '../states/section.tsx';
import { JobLog } from './job-log.tsx';
import { StopNowButton } from './stop-now-button.tsx';
import { WorkerTable } from './worker-table.tsx';
import { WorkersControl } from './workers-control.tsx';

/** What runs of a sweep now, and how to steer it. */
export function SweepJobPanel({ job }: { job: SweepJob }) {
  const steer = useSteer(job.sweep);
  const isReadOnly = useReadOnly();
  const isHere = job.state === 'running' || job.state === 'stopping';
  return (
    <Section title="What runs now">
      <Stack gap="sm">
        <Text size="sm" role="status">
          {jobWords(job)}
        </Text>
        {/* Of trials the head of the page says how many are done. */}
        {!job.recorded && job.progress && <JobProgress {...job.progress} />}
        {job.error !== null && (
          <Alert color="red" title="It failed" role="alert">
            {job.error}
          </Alert>
        )}
        <Text size="sm">{queueWords(job.queue)}</Text>
        {/* Before the workers, which come and go: what stops a sweep stays where it is. */}
        {!isReadOnly && <Controls job={job} steer={steer} isHere={isHere} />}
        <WorkerTable workers={job.workers} endTrial={isHere && !isReadOnly ? steer.endTrial : null} />
        {/* The same may be said again. */}
        {job.notes.map((note, i) => (
          <Text key={i} size="sm">
            {note}
          </Text>
        ))}
        <JobLog lines={job.log.lines} />
      </Stack>
    </Section>
  );
}

interface ControlsProps {
  job: SweepJob;
  steer: Steer;
  isHere: boolean;
}

function Controls({ job, steer, isHere }: ControlsProps) {
  const isRunning = isAtWork(job);
  const isStopping = job.state === 'stopping';
  const canRetry = !isRunning && job.queue.failed > 0;
  return (
    <Group gap="sm" align="flex-end">
      {(isRunning || job.resumable) && (
        <JobButton
          isRunning={isRunning}
          start={steer.resume}
          cancel={{ mutate: steer.stop.mutate, isPending: isStopping || steer.stop.isPending }}
          cancelLabel={isStopping ? 'Stopping …' : 'Stop'}
        >
          Resume
        </JobButton>
      )}
      {isStopping && <StopNowButton stopNow={steer.stopNow} />}
      {canRetry && (
        <Button
          variant="default"
          aria-disabled={steer.retry.isPending}
          onClick={() => {
            if (!steer.retry.isPending) steer.retry.mutate();
          }}
        >
          Retry failed
        </Button>
      )}
      {isHere && !isStopping && <WorkersControl wanted={job.wanted_workers} change={steer.changeWorkers} />}
    </Group>
  );
}
