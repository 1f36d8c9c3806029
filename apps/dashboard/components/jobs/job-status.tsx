import { Stack } from '@mantine/core';
import type { JobDocument } from '../../api/operations/jobs.ts';
import { JobProblem } from './job-problem.tsx';
import { JobProgress } from './job-progress.tsx';

interface Request {
  readonly error: Error | null;
}

interface Props {
  job: JobDocument | null;
  /** What asks how far the job is. */
  result: Request & { readonly data: unknown };
  start: Request;
  cancel: Request;
  /** What did not come of it. */
  title: string;
}

/** How far a job is, or why nothing came of it: it was not asked for, could not be followed, or failed. */
export function JobStatus({ job, result, start, cancel, title }: Props) {
  return (
    <>
      {job?.state === 'running' && job.progress && (
        <Stack gap="xs" w="100%" maw={720}>
          <JobProgress {...job.progress} />
        </Stack>
      )}
      <JobProblem
        job={job}
        start={{ error: start.error ?? (result.data ? null : result.error) }}
        cancel={cancel}
        title={title}
      />
    </>
  );
}
