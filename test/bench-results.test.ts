import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { pageWithResults } from '../bench/report/page-with-results.ts';
import { readResults, summarise, withEarlier, type BenchResults } from '../bench/report/results.ts';

const root = new URL('..', import.meta.url).pathname;

test('the figures on the page on speed and memory are those of bench/results.json', async () => {
  const page = await readFile(`${root}docs/explanation/speed-and-memory.md`, 'utf8');
  const results = await readResults(`${root}bench/results.json`);
  expect(pageWithResults(page, results!)).toBe(page);
});

const limits = [
  [{ atMost: 3 }, true, null],
  [{ atMost: 2 }, false, null],
  [{ atMost: 1, scales: true }, false, 4],
  [{ atLeast: 2 }, true, null],
  [null, null, null],
] as const;

test.each(limits)('a median of 2.5 against %j: holds %j, limit here %j', (limit, holds, here) => {
  const figure = { what: 'x', unit: 's', values: [9, 1, 2.5], limit };
  expect(summarise(figure, 4)).toMatchObject({ median: 2.5, min: 1, max: 9, holds, limit_here: here });
  expect(summarise(figure, null).limit_here).toBeNull();
});

test('claims that were not measured keep their figures, unless another machine measured them', () => {
  const setting = { keras: null, data: { train_images: 1, test_images: 1, classes: 2 } };
  const machine = { processor: 'a', cores: 2, node: 'v20.20.2' };
  const claim = (name: string, date: string) => ({ claim: name, says: name, date, figures: [] });
  const now: BenchResults = { ...setting, machine, claims: [claim('b', 'now')] };
  const before: BenchResults = { ...now, claims: [claim('a', 'before'), claim('b', 'before')] };
  const dates = (results: BenchResults) => results.claims.map(({ claim, date }) => [claim, date]);
  expect(dates(withEarlier(now, before, ['a', 'b']))).toEqual([
    ['a', 'before'],
    ['b', 'now'],
  ]);
  const elsewhere = { ...before, machine: { ...machine, processor: 'z' } };
  expect(dates(withEarlier(now, elsewhere, ['a', 'b']))).toEqual([['b', 'now']]);
  expect(dates(withEarlier(now, null, ['a', 'b']))).toEqual([['b', 'now']]);
});
