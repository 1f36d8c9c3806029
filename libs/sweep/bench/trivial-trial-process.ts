/** A trial process whose objective is known beforehand: it records each trial as a real one does, and nothing else. */
import { openStore } from '@thaw/tracking';
import type { PoolMessage, TrialMessage } from '../src/executors/messages.ts';
import type { TrialJob } from '../src/executors/executor.ts';
import { provenance, summary } from '../test/chaos/trivial-records.ts';

process.on('disconnect', () => {
  process.exit();
});
process.on('message', (message: PoolMessage) => {
  if (message.type === 'trial') void runJob(message.job);
});

async function runJob({ sweep, number, parameters, settings, runsDir }: TrialJob): Promise<void> {
  const run = await openStore(runsDir).createRun({ sweep, number, parameters, settings, provenance });
  send({ type: 'run', run: run.id });
  await run.finish(summary, []);
  send({ type: 'done', outcome: { state: 'finished', summary } });
}

function send(message: TrialMessage): void {
  process.send!(message);
}
