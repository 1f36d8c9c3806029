// Apart from index.ts, because whoever starts jobs needs nothing of what they load in their own processes.
export { JobRunner, type JobRunnerOptions } from './jobs/job-runner.ts';
export type { Job, JobKind, JobProgress, Jobs, JobStatus } from './jobs/job.ts';
export type { RunningTrial, SweepSession } from './jobs/sweep-session.ts';
