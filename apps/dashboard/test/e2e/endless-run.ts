import { openStore } from '@thaw/tracking';
import { epochOf, newRun } from '../made-run.ts';

// Logs epochs until it is killed, and says the run's id.
const run = await openStore(process.argv[2]!).createRun(newRun());
process.stdout.write(`${run.id}\n`);
for (let epoch = 1; ; epoch++) {
  run.logEpoch(epochOf(epoch));
  await new Promise((done) => setTimeout(done, 100));
}
