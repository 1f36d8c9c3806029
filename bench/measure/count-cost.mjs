/** Loaded into every Node.js process of a measured command: as it ends, it adds what it took to the file of `run-command.ts`. */
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const { THAW_BENCH_COST: file } = process.env;
if (isMainThread && file !== undefined) {
  process.once('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const cost = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMemoryBytes: maxRSS * 1024 };
    appendFileSync(file, `${JSON.stringify(cost)}\n`);
  });
}
