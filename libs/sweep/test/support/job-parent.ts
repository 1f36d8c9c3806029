/** A program that has a job under way and tells the process id of that. */
import { JobRunner } from '../../src/jobs/job-runner.ts';

const module = new URL('./fake-job-process.ts', import.meta.url);
const job = new JobRunner({ runsDir: 'runs', module }).start('gap', 'pid', { run: 'pid', retrain: 0 });
const timer = setInterval(() => {
  const [notice] = job.notices;
  if (!notice) return;
  clearInterval(timer);
  process.send!(Number(notice.message));
}, 20);
