import { openStore } from '../src/index.ts';
import { epoch, newRun, newSweep, summary } from './support/fixtures-data.ts';

/** A sweep that never ends: makes trials and finishes them as fast as it can, and says which after each. */
const store = openStore(process.argv[2]!);
const sweep = await store.createSweep(newSweep());
for (let number = 0; ; number++) {
  await sweep.addTrial({ number, run: null, parameters: {} });
  const run = await store.createRun(newRun(number, sweep.id));
  for (let i = 1; i <= 20; i++) run.logEpoch(epoch(i));
  await run.writePredictions('test', [
    { file: 'a.jpeg', label: 'A', predicted: 'A', probabilities: Array<number>(1000).fill(1 / 3) },
  ]);
  await run.finish(summary, ['A']);
  process.stdout.write(`${run.id}\n`);
  await sweep.updateTrial(number, { run: run.id });
}
