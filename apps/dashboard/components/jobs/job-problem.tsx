import { Alert } from '@mantine/core';
import type { JobDocument } from '../../api/operations/jobs.ts';

interface Request {
  readonly error: Error | null;
}

interface Props {
  job: JobDocument | null;
  start: Request;
  cancel: Request;
  /** What did not come of it. */
  title: string;
}

/** Why a job that runs was not ended, or why one did not begin or come to its end. */
export function JobProblem({ job, start, cancel, title }: Props) {
  const isRunning = job?.state === 'running';
  const problem = isRunning ? cancel.error?.message : (start.error?.message ?? job?.error);
  if (problem == null) return null;
  return (
    <Alert color="red" title={isRunning ? 'Not cancelled' : title} role="alert">
      {problem}
    </Alert>
  );
}
