import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UserError } from '@thaw/base';
import { openStore } from '../src/index.ts';
import { newRun, newSweep, summary, temporaryFolder } from './support/fixtures.ts';

test.each<[string, (text: string) => string, RegExp]>([
  ['is empty', () => '', /run\.json is not JSON/],
  ['is half-written', (text) => text.slice(0, text.length / 2), /run\.json is not JSON/],
  ['holds zeros', () => '\0'.repeat(100), /run\.json is not JSON/],
  ['is a list', () => '[]', /not such a record: .*expected object/],
  ['is null', () => 'null', /not such a record: .*expected object/],
  ['is from the future', (text) => text.replace('"format": 1', '"format": 2'), /format 2; .* reads format 1/],
  ['has no format', (text) => text.replace('"format": 1,', ''), /not such a record: format/],
  ['has an unknown state', (text) => text.replace('"finished"', '"dreaming"'), /not such a record: state/],
  ['has a wrong summary', (text) => text.replace('"epochs": 3', '"epochs": "3"'), /summary\.epochs/],
  ['has a wrong time', (text) => text.replace(/"created": "[^"]*"/, '"created": "today"'), /created/],
  ['is a copy of another run', (text) => text.replace(/"id": "[^"]*"/, '"id": "other"'), /has the id other/],
])('a run.json that %s is named as damaged, and the other runs are read', async (_, damage, reason) => {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const [bad, good] = await Promise.all([store.createRun(newRun(0)), store.createRun(newRun(1))]);
  await bad.finish(summary, ['A']);
  const file = join(bad.folder, 'run.json');
  const text = await readFile(file, 'utf8');
  const damagedText = damage(text);
  expect(damagedText).not.toBe(text);
  await writeFile(file, damagedText);

  const { runs, damaged } = await openStore(folder).runs();
  expect(runs.map((run) => run.id)).toEqual([good.id]);
  expect(damaged).toEqual([{ path: bad.folder, reason: expect.stringMatching(reason) }]);
  expect((await store.run('latest')).id).toBe(good.id);
  await expect(store.run(bad.id)).rejects.toThrow(UserError);
  await expect(store.run(bad.id)).rejects.toThrow(reason);
});

test('foreign files and folders are named, and what starts with a dot is passed over', async () => {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const run = await store.createRun(newRun(0));
  const runs = join(folder, 'runs');
  await writeFile(join(runs, 'notes.txt'), 'mine');
  await writeFile(join(runs, '.DS_Store'), '');
  await mkdir(join(runs, '.tmp-1-killed'));
  await mkdir(join(runs, 'backup'));
  await mkdir(join(runs, 'odd', 'run.json'), { recursive: true });
  const listed = await store.runs();
  expect(listed.runs.map(({ id }) => id)).toEqual([run.id]);
  expect(listed.damaged).toEqual([
    { path: join(runs, 'backup'), reason: 'has no run.json' },
    { path: join(runs, 'notes.txt'), reason: 'is a file, not a folder of a record' },
    { path: join(runs, 'odd'), reason: 'run.json cannot be read: EISDIR' },
  ]);
});

test('a damaged sweep is named, and the other sweeps are read', async () => {
  const store = openStore(temporaryFolder());
  const [bad, good] = await Promise.all([store.createSweep(newSweep()), store.createSweep(newSweep())]);
  await writeFile(join(bad.folder, 'sweep.json'), '{"format": 2}');
  const { sweeps, damaged } = await store.sweeps();
  expect(sweeps.map(({ id }) => id)).toEqual([good.id]);
  expect(damaged).toEqual([
    { path: bad.folder, reason: 'sweep.json has format 2; this version of Thaw reads format 1' },
  ]);
  await expect(store.resumeSweep(bad.id)).rejects.toThrow(UserError);
});

test('where every run is damaged, latest says which and why', async () => {
  const store = openStore(temporaryFolder());
  const run = await store.createRun(newRun(0));
  await writeFile(join(run.folder, 'run.json'), '{');
  await expect(store.run('latest')).rejects.toThrow(
    /holds no runs that can be read\n.*run\.json is not JSON/,
  );
});
