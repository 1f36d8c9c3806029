'use client';

import { Stack, Text } from '@mantine/core';
import type { JobDocument } from '../../api/operations/jobs.ts';
import type { useGap } from '../../client/use-gap.ts';
import { JobButton } from '../jobs/job-button.tsx';
import { JobProblem } from '../jobs/job-problem.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';

/** Starts to measure what a gap is made of and shows how far that is. */
export function MeasureGap({
  job,
  start,
  cancel,
}: { job: JobDocument | null } & Pick<ReturnType<typeof useGap>, 'start' | 'cancel'>) {
  const isRunning = job?.state === 'running';
  const isPending = start.isPending || cancel.isPending;
  return (
    <Stack gap="sm" maw={720} align="flex-start">
      <Text>
        Not measured yet. This finds out which part is leakage, selection, different class shares or shift,
        and what copies in test hide. Where validation images have twins in training, the run is trained again
        without them, which can take as long as three trials.
      </Text>
      {isRunning && job.progress && (
        <Stack gap="xs" w="100%">
          <JobProgress {...job.progress} />
        </Stack>
      )}
      {job?.notes.map((note) => (
        <Text key={note} size="sm">
          {note}
        </Text>
      ))}
      <JobProblem job={job} start={start} cancel={cancel} title="Not measured" />
      {job?.state === 'cancelled' && !isPending && (
        <Text size="sm" role="status">
          Cancelled. What was computed is kept: it goes on from there.
        </Text>
      )}
      <JobButton isRunning={isRunning} start={start} cancel={cancel}>
        Measure the gap
      </JobButton>
    </Stack>
  );
}
