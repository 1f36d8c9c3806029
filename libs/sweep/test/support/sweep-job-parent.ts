/** A program that runs a sweep as a job, and tells when its first trial has ended and its second runs. */
import { JobRunner } from '../../src/jobs/job-runner.ts';

const [runsDir, id, text] = process.argv.slice(2) as [string, string, string];
const job = new JobRunner({ runsDir }).start('sweep', id, {
  ...{ from: { id, file: 'tiny.yaml', text }, workers: 1, retryFailed: false, directory: runsDir },
  allowed: { folders: [runsDir], programs: false },
});
const timer = setInterval(() => {
  const { session } = job;
  if (!session || session.finished === 0 || session.running.length === 0) return;
  clearInterval(timer);
  process.send!('now');
}, 10);
void job.ended.then((status) => {
  clearInterval(timer);
  process.stderr.write(`${JSON.stringify(status)}\n`);
});
