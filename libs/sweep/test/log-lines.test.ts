import { expect, it } from 'vitest';
import { LogLines } from '../src/jobs/log-lines.ts';

it('a log gives what is new since a cursor, keeps its last thousand lines and says how many are missing', () => {
  const log = new LogLines();
  expect(log.since(0)).toEqual({ cursor: 0, lines: [], missed: 0 });
  log.add('one\ntwo');
  expect(log.since(0)).toEqual({ cursor: 2, lines: ['one', 'two'], missed: 0 });
  log.add('three');
  expect(log.since(2)).toEqual({ cursor: 3, lines: ['three'], missed: 0 });
  // Of another log, which had more.
  expect(log.since(9)).toEqual({ cursor: 3, lines: ['one', 'two', 'three'], missed: 0 });
  for (let i = 0; i < 1000; i++) log.add(`line ${i} ${'x'.repeat(3000)}`);
  const { cursor, lines, missed } = log.since(1);
  expect([cursor, lines.length, missed, lines[0]!.length]).toEqual([1003, 1000, 2, 500]);
});
