/** A stand-in for the job's process: what it does is named by the run that it is about. */
import type { JobMessage, JobOrder } from '../../src/jobs/job-messages.ts';

const send = (message: JobMessage) => process.send!(message);
const outcome = (run: string) => ({
  type: 'finished' as const,
  outcome: { run: `${run} of ${process.pid}` },
});
let onCancel: () => void = () => undefined;

process.on('disconnect', () => {
  process.exit();
});
process.on('message', (order: JobOrder) => {
  if (order.type === 'cancel') {
    onCancel();
    return;
  }
  if (order.type === 'steer') return;
  const { run } = order.request as { run: string };
  send({ type: 'progress', progress: { phase: 'faking', done: 1, total: 2 } });
  send({ type: 'notice', notice: { message: run === 'pid' ? String(process.pid) : 'a fake' } });
  switch (run) {
    case 'refuse':
      send({
        type: 'failed',
        error: {
          message: 'no such run',
          user: { kind: 'not-found', remedy: { do: 'promote a run' } },
          stack: null,
        },
      });
      break;
    case 'break':
      send({
        type: 'failed',
        error: { message: 'x is undefined', user: null, stack: 'TypeError: at fake.ts' },
      });
      break;
    case 'throw':
      throw new Error('the fake job broke');
    case 'pid':
    case 'obey':
      onCancel = () => send({ type: 'cancelled' });
      break;
    case 'just done':
      onCancel = () => send(outcome(run));
      break;
    case 'deaf':
      setTimeout(() => {
        for (;;) void 0;
      }, 20);
      break;
    default:
      setTimeout(() => send(outcome(run)), 30);
  }
});
