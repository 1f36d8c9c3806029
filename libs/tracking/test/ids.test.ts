import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '@thaw/base';
import { openStore } from '../src/index.ts';
import { newRunId, newSweepId, slugify } from '../src/files/ids.ts';
import { nameInSweepId } from '../src/files/name-in-id.ts';
import { resolveId } from '../src/files/resolve-id.ts';
import { newRun, newSweep, temporaryFolder } from './support/fixtures.ts';

const now = new Date('2026-11-23T06:15:30.999Z');

test.each([
  ['unfreeze', 'unfreeze'],
  ['Blood Cells: α 0.35 / Größe', 'blood-cells-0-35-gro-e'],
  ['Café_au--lait!', 'cafe-au-lait'],
  ['../..', 'run'],
  ['血液', 'run'],
  ['a'.repeat(39) + '-b', 'a'.repeat(39)],
])('the name %j becomes %j in file names', (name, slug) => {
  expect(slugify(name, 'run')).toBe(slug);
});

test('every name makes a safe part of a file name, and a slug is its own slug', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const slug = slugify(name, 'run');
      expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(slug.length).toBeLessThanOrEqual(40);
      expect(slugify(slug, 'run')).toBe(slug);
    }),
  );
});

test('ids say when, what and which', () => {
  expect(newRunId('unfreeze', 3, now)).toMatch(/^20261123-061530-unfreeze-003-[a-z0-9]{4}$/);
  expect(newSweepId('Unfreeze 2', now)).toMatch(/^20261123-061530-unfreeze-2-[a-z0-9]{4}$/);
  expect(nameInSweepId(newSweepId('Unfreeze 2', now))).toBe('unfreeze-2');
});

test('later runs sort behind earlier ones', () => {
  const times = [
    '2025-12-31T23:59:59Z',
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:09Z',
    '2026-10-01T00:00:00Z',
  ];
  const ids = times.map((time) => newRunId('zebra', 1, new Date(time)));
  expect([...ids].sort()).toEqual(ids);
});

test('a hundred runs made at once in one second have a folder each', async () => {
  const folder = temporaryFolder();
  const stores = [openStore(folder, () => now), openStore(folder, () => now)];
  const runs = await Promise.all(
    Array.from({ length: 100 }, (_, i) => stores[i % 2]!.createRun({ ...newRun(0), name: 'same' })),
  );
  expect(new Set(runs.map((run) => run.id)).size).toBe(100);
  expect(await readdir(join(folder, 'runs'))).toHaveLength(100);
  expect((await openStore(folder).runs()).runs).toHaveLength(100);
});

test('a run takes its short name from its sweep', async () => {
  const store = openStore(temporaryFolder());
  const sweep = await store.createSweep(newSweep('Blood cells'));
  const run = await store.createRun(newRun(12, sweep.id));
  expect(run.id).toMatch(/-blood-cells-012-[a-z0-9]{4}$/);
});

describe('ids may be shortened', () => {
  const ids = ['20261122-101010-a-000-aaaa', '20261123-061530-b-000-bbbb', '20261123-061530-b-001-cccc'];
  const find = (query: string, among: readonly string[] = ids) => resolveId(query, among, 'run', 'runs/runs');

  test.each([
    ['20261122', ids[0]],
    [ids[1]!, ids[1]],
    ['20261123-061530-b-001', ids[2]],
  ])('%j names one', (query, id) => {
    expect(find(query)).toBe(id);
  });

  test('an id that is the beginning of another one names itself', () => {
    expect(find('a', ['a', 'ab'])).toBe('a');
  });

  test('an ambiguous beginning lists its candidates and no others', () => {
    expect(() => find('20261123')).toThrow(UserError);
    expect(() => find('20261123')).toThrow(
      '"20261123" is the beginning of 2 runs in runs/runs; write more of the id:\n' +
        '  20261123-061530-b-000-bbbb\n  20261123-061530-b-001-cccc',
    );
  });

  test.each(['b-000', '', '../runs', '2027'])('%j names none, and what there is gets listed', (query) => {
    expect(() => find(query)).toThrow(UserError);
    expect(() => find(query)).toThrow(ids.map((id) => `  ${id}`).join('\n'));
  });

  test('of many only the newest ten are listed', () => {
    const many = Array.from({ length: 25 }, (_, i) => `run-${String(i).padStart(2, '0')}`);
    expect(() => find('x', many)).toThrow(/:\n {2}\.\.\. 15 older ones\n {2}run-15\n(.*\n)*.*run-24$/);
  });
});
