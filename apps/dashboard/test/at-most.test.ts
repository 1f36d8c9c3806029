import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { AtMost } from '../server/predict/at-most.ts';

it('runs no more work than allowed at a time, in order, whatever fails', async () => {
  const atMost = new AtMost(2);
  let underWay = 0;
  let most = 0;
  const begun: number[] = [];
  const results = await Promise.allSettled(
    Array.from({ length: 9 }, (_, i) =>
      atMost.run(async () => {
        begun.push(i);
        most = Math.max(most, ++underWay);
        await wait(1);
        underWay--;
        if (i % 3 === 0) throw new Error('refused');
        return i;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(results.map(({ status }) => status === 'rejected')).toEqual(begun.map((i) => i % 3 === 0));
});
