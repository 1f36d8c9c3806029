import fs, { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isFullDisk, UserError } from '@thaw/base';
import { openStore } from '../src/index.ts';
import type { RunStore } from '../src/index.ts';
import { beginTrial, newRun, newSweep, summary, temporaryFolder, tickingClock } from './support/fixtures.ts';

const parameters = newRun(0).parameters;

async function states(store: RunStore, id: string) {
  return (await store.sweep(id)).trials.map(({ number, state }) => [number, state]);
}

/** As if the owner had been killed and its id never used again. */
async function killOwner(record: { folder: string }, file: 'run.json' | 'sweep.json'): Promise<void> {
  const path = join(record.folder, file);
  const data = JSON.parse(await readFile(path, 'utf8')) as { owner: object };
  await writeFile(path, JSON.stringify({ ...data, owner: { ...data.owner, pid: 2 ** 30 } }));
}

test('a trial that finished after its sweep was killed is not lost', async () => {
  const store = openStore(temporaryFolder());
  const sweep = await store.createSweep(newSweep());
  await sweep.addTrial({ number: 0, run: null, parameters });
  const run = await store.createRun(newRun(0, sweep.id));
  const unknown = await store.createRun(newRun(1, sweep.id));
  await killOwner(sweep, 'sweep.json');
  await run.finish(summary, ['A']);
  await unknown.finish(summary, ['A']);
  expect(await store.sweep(sweep.id)).toMatchObject({
    state: 'interrupted',
    trials: [
      { number: 0, run: run.id, state: 'finished', summary },
      { number: 1, run: unknown.id, state: 'finished', summary, parameters },
    ],
  });
});

test('a killed sweep is interrupted, and so are the trials that were killed with it', async () => {
  const store = openStore(temporaryFolder());
  const sweep = await store.createSweep(newSweep());
  const finished = await beginTrial(store, sweep, 0);
  await finished.finish(summary, ['A']);
  await killOwner(await beginTrial(store, sweep, 1), 'run.json');
  await sweep.addTrial({ number: 2, run: null, parameters });
  await killOwner(sweep, 'sweep.json');
  expect((await store.sweep(sweep.id)).state).toBe('interrupted');
  expect(await states(store, sweep.id)).toEqual([
    [0, 'finished'],
    [1, 'interrupted'],
    [2, 'interrupted'],
  ]);
});

test('the sweep says why a trial failed whose process could not, and only then', async () => {
  const store = openStore(temporaryFolder());
  const sweep = await store.createSweep(newSweep());
  await sweep.addTrial({ number: 0, run: null, parameters });
  await sweep.updateTrial(0, { error: 'the process did not start' });
  await killOwner(await beginTrial(store, sweep, 1), 'run.json');
  await sweep.updateTrial(1, { error: 'the process was killed (SIGKILL)' });
  const finished = await beginTrial(store, sweep, 2);
  await finished.finish(summary, ['A']);
  await sweep.updateTrial(2, { error: 'the process was killed (SIGKILL)' });
  expect((await store.sweep(sweep.id)).trials).toMatchObject([
    { state: 'failed', run: null, error: 'the process did not start' },
    { state: 'failed', error: 'the process was killed (SIGKILL)', summary: null },
    { state: 'finished', error: null, summary },
  ]);
});

test('every reader is told of a run whose process died without a word what its sweep knows', async () => {
  const store = openStore(temporaryFolder());
  const index = store.index();
  const sweep = await store.createSweep(newSweep());
  const dead = await beginTrial(store, sweep, 0);
  await killOwner(dead, 'run.json');
  await index.refresh();
  expect(index.rows()).toMatchObject([{ id: dead.id, state: 'interrupted', error: null }]);
  const { version } = index;
  const error = 'the process was killed (SIGKILL)';
  await sweep.updateTrial(0, { error });
  index.expire();
  await index.refresh();
  const once = store.index();
  await once.readRuns();
  const told = { id: dead.id, state: 'failed', error };
  expect([
    await store.run(dead.id),
    ...(await store.runs()).runs,
    ...(await store.newestRuns(1, false)).records,
    ...index.rows(),
    ...index.runs().map(({ run }) => run),
    ...index.changes(version).rows,
    index.row(dead.id),
    ...once.rows(),
  ]).toMatchObject(Array.from({ length: 8 }, () => told));
  expect(index.changes(index.version).rows).toEqual([]);
  await store.createRun(newRun(1, sweep.id));
  await sweep.updateTrial(0, { run: null, error: null, attempts: [{ run: dead.id, error }] });
  expect(await store.run(dead.id)).toMatchObject(told);
});

test('a trial whose run was damaged or removed says so', async () => {
  const store = openStore(temporaryFolder());
  const sweep = await store.createSweep(newSweep());
  const run = await beginTrial(store, sweep, 0);
  await run.finish(summary, ['A']);
  await rm(run.folder, { recursive: true });
  expect((await store.sweep(sweep.id)).trials).toMatchObject([
    { state: 'failed', error: `the record of run ${run.id} is missing or damaged`, summary: null },
  ]);
});

test('a killed sweep is resumed with all it had', async () => {
  const store = openStore(temporaryFolder(), tickingClock());
  const sweep = await store.createSweep(newSweep());
  const lost = await store.createRun(newRun(7, sweep.id));
  await lost.finish(summary, ['A']);
  await sweep.addTrial({ number: 0, run: null, parameters });
  await sweep.addTrial({ number: 1, run: null, parameters });
  await sweep.updateTrial(1, { error: 'the process did not start' });
  await killOwner(sweep, 'sweep.json');

  const resumed = await store.resumeSweep('latest');
  expect(resumed.id).toBe(sweep.id);
  expect(await readFile(resumed.experimentFile, 'utf8')).toBe(newSweep().experimentText);
  await resumed.addTrial({ number: 8, run: null, parameters });
  expect((await store.sweep(sweep.id)).state).toBe('running');
  expect(await states(store, sweep.id)).toEqual([
    [0, 'interrupted'],
    [1, 'failed'],
    [7, 'finished'],
    [8, 'running'],
  ]);
  await resumed.finish('finished');
  const again = await store.resumeSweep(sweep.id);
  const before = (await store.sweep(sweep.id)).seconds!;
  await again.finish('interrupted');
  const record = await store.sweep(sweep.id);
  expect(record.seconds).toBeGreaterThan(before);
  expect(record.trials.map(({ number }) => number)).toEqual([0, 1, 7, 8]);
});

test('a sweep that runs, or is being resumed, is not resumed by another process', async () => {
  const store = openStore(temporaryFolder());
  const sweep = await store.createSweep(newSweep());
  await expect(store.resumeSweep(sweep.id)).rejects.toThrow(UserError);
  await expect(store.resumeSweep(sweep.id)).rejects.toThrow(/is still running/);
  await sweep.finish('interrupted');
  const attempts = await Promise.allSettled([1, 2, 3, 4].map(() => store.resumeSweep(sweep.id)));
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('the lock of a process that was killed while resuming does not bar the sweep for ever', async () => {
  const store = openStore(temporaryFolder());
  const sweep = await store.createSweep(newSweep());
  await sweep.finish('interrupted');
  const lock = join(sweep.folder, 'resuming');
  await writeFile(lock, '');
  const old = new Date(Date.now() - 61_000);
  await utimes(lock, old, old);
  expect((await store.resumeSweep(sweep.id)).id).toBe(sweep.id);
});

test('a sweep that runs keeps its trials in a journal, which its end folds into the record', async () => {
  const store = openStore(temporaryFolder());
  const sweep = await store.createSweep(newSweep());
  const files = () => readdirSync(sweep.folder).filter((name) => name.startsWith('trials-'));
  const record = () =>
    JSON.parse(readFileSync(join(sweep.folder, 'sweep.json'), 'utf8')) as { trials: unknown[] };
  await sweep.addTrial({ number: 0, run: null, parameters });
  await sweep.updateTrial(0, { run: 'a' });
  await sweep.addTrial({ number: 1, run: null, parameters });
  expect(record().trials).toEqual([]);
  expect(files()).toHaveLength(1);
  const written = (await store.sweep(sweep.id)).trials.map(({ number, parameters }) => [number, parameters]);
  expect(written).toEqual([
    [0, parameters],
    [1, parameters],
  ]);
  await sweep.finish('finished');
  expect(files()).toEqual([]);
  expect(record().trials).toMatchObject([
    { number: 0, run: 'a' },
    { number: 1, run: null },
  ]);
  await expect(sweep.addTrial({ number: 2, run: null, parameters })).rejects.toThrow('has ended');
});

test('a journal that breaks off in the middle of a line tells the trials before it', async () => {
  const store = openStore(temporaryFolder());
  const sweep = await store.createSweep(newSweep());
  await sweep.addTrial({ number: 0, run: null, parameters });
  await sweep.addTrial({ number: 1, run: null, parameters });
  const [journal] = readdirSync(sweep.folder).filter((name) => name.startsWith('trials-'));
  const path = join(sweep.folder, journal!);
  truncateSync(path, statSync(path).size - 5);
  expect((await store.sweep(sweep.id)).trials.map(({ number }) => number)).toEqual([0]);
  await sweep.finish('finished');
});

test('a line of the journal that a full disk cuts is taken back, so that the lines behind it are read', async () => {
  const store = openStore(temporaryFolder());
  const sweep = await store.createSweep(newSweep());
  await sweep.addTrial({ number: 0, run: null, parameters });
  const { writeSync } = fs;
  try {
    fs.writeSync = (file: number, bytes: unknown) => writeSync(file, Buffer.from(bytes as string), 0, 20);
    syncBuiltinESMExports();
    await expect(sweep.addTrial({ number: 1, run: null, parameters })).rejects.toSatisfy(isFullDisk);
  } finally {
    fs.writeSync = writeSync;
    syncBuiltinESMExports();
  }
  await sweep.addTrial({ number: 2, run: null, parameters });
  expect((await store.sweep(sweep.id)).trials.map(({ number }) => number)).toEqual([0, 2]);
  await sweep.finish('finished');
});

test('a sweep is read without the runs of others', async () => {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const sweep = await store.createSweep(newSweep('mine'));
  const orphan = await store.createRun(newRun(4, sweep.id));
  const other = await store.createRun({ ...newRun(0), name: 'other' });
  writeFileSync(join(other.folder, 'run.json'), 'damaged');
  expect((await store.sweep(sweep.id)).trials).toMatchObject([{ number: 4, run: orphan.id }]);
  await orphan.interrupt();
  await sweep.finish('interrupted');
});
