import { expect, test } from 'vitest';
import { RateLimit } from '../src/index.ts';

test('lets a burst pass, then as many as come in again, each asker by itself', () => {
  const limit = new RateLimit({ perSecond: 2, burst: 3 });
  const ask = (who: string, now: number) => limit.allows(who, now);
  expect([ask('a', 0), ask('a', 0), ask('a', 0), ask('a', 0)]).toEqual([true, true, true, false]);
  expect(ask('b', 0)).toBe(true);
  expect([ask('a', 500), ask('a', 500)]).toEqual([true, false]);
  expect([ask('a', 60_000), ask('a', 60_000), ask('a', 60_000), ask('a', 60_000)]).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
