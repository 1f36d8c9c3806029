import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { UsageRecord } from '@thaw/tracking';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { groupConsumption, ownConsumption } from '../src/executors/usage/consumption.ts';
import { watchUsage } from '../src/executors/usage/watch-usage.ts';

describe('what a run takes of the machine', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const clock = () => Date.now();
  /** One and a half processors are busy all the time. */
  const busy = () => ({ cpuSeconds: (1.5 * Date.now()) / 1000, memoryBytes: 5e8 });

  it('is sampled once a second at first, and once more at the end', () => {
    const written: UsageRecord[] = [];
    const stop = watchUsage({ read: busy, write: (record) => written.push(record), clock });
    vi.advanceTimersByTime(2500);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(written.map(({ seconds }) => seconds)).toEqual([1, 2, 2.5]);
    for (const { cores, memory_bytes } of written) {
      expect(cores).toBeCloseTo(1.5, 6);
      expect(memory_bytes).toBe(5e8);
    }
  });

  it('fills no disk in a day', () => {
    let samples = 0;
    const stop = watchUsage({ read: busy, write: () => samples++, clock });
    vi.advanceTimersByTime(24 * 3600 * 1000);
    stop();
    expect(samples).toBeGreaterThan(2000);
    expect(samples).toBeLessThan(4000);
  });

  it('is left out where nothing can be said, and given up where it cannot be written', () => {
    const write = vi.fn(() => {
      throw new Error('ENOSPC');
    });
    const stop = watchUsage({ read: () => null, write, clock });
    vi.advanceTimersByTime(5000);
    stop();
    expect(write).not.toHaveBeenCalled();
    watchUsage({ read: busy, write, clock });
    vi.advanceTimersByTime(60_000);
    expect(write).toHaveBeenCalledTimes(1);
  });
});

it('counts this process', () => {
  const { cpuSeconds, memoryBytes } = ownConsumption();
  expect(cpuSeconds).toBeGreaterThan(0);
  expect(memoryBytes).toBeGreaterThan(1e7);
});

it.runIf(process.platform === 'linux')('counts a program with what it has started', async () => {
  const spin =
    'const end = Date.now() + 400; while (Date.now() < end); setTimeout(() => {}, 60000); console.log(1)';
  const words = ['-c', `"${process.execPath}" -e '${spin}' & wait`];
  const shell = spawn('sh', words, { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => {
    process.kill(-shell.pid!, 'SIGKILL');
  });
  await once(shell.stdout, 'data');
  const found = groupConsumption(shell.pid!)!;
  expect(found.cpuSeconds).toBeGreaterThan(0.1);
  expect(found.memoryBytes).toBeGreaterThan(1e7);
  expect(groupConsumption(2 ** 30)).toBeNull();
});
