import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Watchdog } from '../src/executors/watchdog.ts';

it.each([1e12, Infinity])('has patience for %d ms, which is more than a timer takes', async (ms) => {
  const hangs: string[] = [];
  const watchdog = new Watchdog({ silenceMs: ms, standstillMs: ms }, (reason) => hangs.push(reason));
  watchdog.sign(true);
  await sleep(150);
  watchdog.stop();
  expect(hangs).toEqual([]);
});
