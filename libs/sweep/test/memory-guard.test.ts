import { afterEach, expect, it, vi } from 'vitest';
import { guardMemory } from '../src/executors/memory-guard.ts';

let end: () => void = () => undefined;
afterEach(() => {
  end();
  vi.useRealTimers();
});

function guarded(available: number, held: readonly number[]) {
  vi.useFakeTimers();
  const ended: [place: number, reason: string][] = [];
  const consumers = held.map((memoryBytes, place) => ({
    memoryBytes,
    end: (reason: string) => ended.push([place, reason]),
  }));
  end = guardMemory({ consumers: () => consumers, available: () => available, total: 16e9 });
  vi.advanceTimersByTime(1000);
  return ended;
}

it('ends the trial that holds the most before nothing is left', () => {
  expect(guarded(0.4e9, [2e9, 9e9, 3e9])).toEqual([
    [1, 'it held 9.0 GB of memory when 0.4 GB of 16.0 GB were left'],
  ]);
});

it('leaves trials alone while there is memory, and when there is none to end', () => {
  expect(guarded(0.5e9, [15e9])).toEqual([]);
  expect(guarded(0, [])).toEqual([]);
});
