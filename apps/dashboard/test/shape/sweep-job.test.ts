import { expect, it } from 'vitest';
import type { SweepJobDocument } from '../../api/operations/sweep-jobs.ts';
import { growJob, hasNews, jobWords, queueWords, type SweepJob } from '../../shape/sweep-job.ts';

const job: SweepJobDocument = {
  sweep: 's',
  state: 'running',
  recorded: true,
  elsewhere: false,
  resumable: false,
  progress: null,
  error: null,
  wanted_workers: 2,
  queue: { waiting: 3, running: 1, finished: 8, failed: 0, interrupted: 0 },
  workers: [],
  log: { cursor: 2, lines: ['a', 'b'], missed: 0 },
  notes: [],
};

it('a log grows by what has come, and says what nobody kept', () => {
  const first = growJob(undefined, job);
  const second = growJob(first, { ...job, log: { cursor: 2, lines: [], missed: 0 } });
  const third = growJob(second, { ...job, log: { cursor: 9, lines: ['h', 'i'], missed: 5 } });
  expect(third.log).toEqual({
    cursor: 9,
    lines: [
      { number: 0, text: 'a' },
      { number: 1, text: 'b' },
      { number: 6, text: '… 5 lines are no longer kept' },
      { number: 7, text: 'h' },
      { number: 8, text: 'i' },
    ],
  });
});

it('a page keeps the last thousand lines, each with its number', () => {
  const lines = Array.from({ length: 900 }, (_, i) => `line ${i}`);
  const before = growJob(undefined, { ...job, log: { cursor: 900, lines, missed: 0 } });
  const { log } = growJob(before, { ...job, log: { cursor: 1800, lines, missed: 0 } });
  expect([
    log.lines.length,
    log.lines[0]!.number,
    new Set(log.lines.map(({ number }) => number)).size,
  ]).toEqual([1000, 800, 1000]);
});

it.each<[Partial<SweepJob>, string, boolean]>([
  [{}, 'It runs here.', true],
  [{ recorded: false }, 'It begins: images, weights and memory are checked.', true],
  [{ state: 'stopping' }, 'It stops: each trial ends after its epoch.', true],
  [{ state: 'none here', elsewhere: true }, 'Another process runs it, such as the command line.', true],
  [
    { state: 'cancelled', resumable: true },
    'It has stopped. What was done is kept, and it can be resumed.',
    true,
  ],
  [{ state: 'failed', resumable: true }, 'It failed, and can be resumed.', true],
  [{ state: 'failed' }, 'It failed.', true],
  [{ state: 'finished' }, 'It has ended.', true],
  [{ state: 'none here' }, 'It has ended.', false],
])('%j reads "%s"', (part, words, news) => {
  const now = { ...growJob(undefined, job), ...part };
  expect([jobWords(now), hasNews(now)]).toEqual([words, news]);
});

it('counts of nothing are left out of the queue', () => {
  expect(queueWords(job.queue)).toBe('Trials: 3 waiting, 1 running, 8 finished.');
  expect(queueWords({ waiting: null, running: 0, finished: 0, failed: 0, interrupted: 0 })).toBe(
    'No trial has begun.',
  );
});
