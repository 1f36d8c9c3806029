import { makeStore } from '../test/make-store.ts';

// Makes a store of many runs to look at: npx tsx apps/dashboard/bench/dashboard-store.ts DIR 10000
const [runsDir, count] = process.argv.slice(2);
if (runsDir === undefined || !(Number(count) > 0)) {
  throw new Error('usage: npx tsx apps/dashboard/bench/dashboard-store.ts DIR COUNT');
}
await makeStore(runsDir, Number(count));
