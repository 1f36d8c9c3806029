import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { RecordFolders } from '../src/files/record-folders.ts';
import { RecordIndex } from '../src/files/record-index.ts';
import { openStore } from '../src/index.ts';
import { runSchema } from '../src/records/run-record.ts';
import { epoch, newRun, newSweep, summary, temporaryFolder, tickingClock } from './support/fixtures.ts';

function indexed() {
  const runsDir = temporaryFolder();
  const store = openStore(runsDir, tickingClock());
  const index = store.index();
  const changes = async (version: number) => {
    index.expire();
    await index.refresh();
    return index.changes(version);
  };
  return { runsDir, store, index, changes };
}

test('an index gives what has changed since a version, and the last epoch of what still runs', async () => {
  const { store, changes } = indexed();
  const run = await store.createRun(newRun(0));
  const first = await changes(0);
  expect(first.rows).toMatchObject([{ id: run.id, state: 'running', 'model.head_units': 64 }]);
  expect((await changes(first.version)).rows).toEqual([]);
  run.logEpoch(epoch(1));
  run.logEpoch(epoch(2));
  await expect
    .poll(async () => (await changes(first.version)).rows)
    .toMatchObject([{ epochs: 2, train_loss: 0.5 }]);
  await run.finish(summary, ['A']);
  const last = await changes(first.version);
  expect(last.rows).toMatchObject([{ id: run.id, state: 'finished', epochs: 3, val_accuracy: 0.9 }]);
  expect((await changes(last.version)).rows).toEqual([]);
});

test('notes, tags and archived runs show up, whoever writes them, and are refused when they are too long', async () => {
  const { runsDir, store, changes } = indexed();
  const run = await store.createRun(newRun(0));
  await run.finish(summary, ['A']);
  const { version } = await changes(0);
  await openStore(runsDir).annotate(run.id, { note: 'look again', tags: ['paper', 'paper'] });
  await openStore(runsDir).annotate(run.id, { archived: true });
  const after = await changes(version);
  expect(after.rows).toMatchObject([{ note: 'look again', tags: ['paper'], archived: true }]);
  await expect(store.annotate(run.id, { tags: ['x'.repeat(61)] })).rejects.toThrow('this cannot be noted');
});

test('a refresh looks at all runs as often for many sweeps with interrupted runs as for one', async () => {
  const { store, index } = indexed();
  const looks: number[] = [];
  for (let number = 0; number < 4; number++) {
    const sweep = await store.createSweep(newSweep());
    await (await store.createRun(newRun(number, sweep.id))).interrupt();
    await sweep.finish('interrupted');
    const all = vi.spyOn(RecordIndex.prototype, 'all');
    try {
      index.expire();
      await index.refresh();
      looks.push(all.mock.calls.length);
    } finally {
      all.mockRestore();
    }
  }
  expect(looks).toEqual(looks.map(() => looks[0]));
});

test('what was written while a refresh was under way is there after the next', async () => {
  const { store, index } = indexed();
  for (let number = 0; number < 20; number++) {
    index.expire();
    const underWay = index.refresh();
    const { id } = await store.createRun(newRun(number));
    index.expire();
    await index.refresh();
    expect(index.rows().map((row) => row.id)).toContain(id);
    await underWay;
  }
});

test('the test figures of a run that was sealed show up once they are there', async () => {
  const { runsDir, store, changes } = indexed();
  const run = await store.createRun({ ...newRun(0), sealed: true });
  await run.finish({ ...summary, test_accuracy: Number.NaN }, ['A']);
  const { version, rows } = await changes(0);
  expect(rows).toMatchObject([{ test_accuracy: null }]);
  await openStore(runsDir).unseal(run.id, [], { test_accuracy: 0.75, test_loss: 0.5, gap: 0.15 });
  expect((await changes(version)).rows).toMatchObject([{ id: run.id, test_accuracy: 0.75 }]);
});

test('a deleted run is gone until it is restored; one that runs, or was never deleted, is refused', async () => {
  const { store, changes } = indexed();
  const run = await store.createRun(newRun(0));
  await expect(store.deleteRun(run.id)).rejects.toThrow('still running');
  await run.finish(summary, ['A']);
  const { version } = await changes(0);
  await store.deleteRun(run.id);
  const gone = await changes(version);
  expect(gone).toMatchObject({ rows: [], removed: [run.id] });
  await store.restoreRun(run.id);
  expect(await changes(gone.version)).toMatchObject({ rows: [{ id: run.id }], removed: [] });
  for (const id of [run.id, '../..', '.', '']) {
    await expect(store.restoreRun(id)).rejects.toThrow('there is no deleted run');
  }
});

test('sweeps come with what became of their trials; damaged, foreign and future records are named', async () => {
  const { runsDir, store, index, changes } = indexed();
  const sweep = await store.createSweep(newSweep());
  const run = await store.createRun(newRun(0, sweep.id));
  await sweep.addTrial({ number: 0, run: run.id, parameters: {} });
  await run.finish(summary, ['A']);
  await mkdir(join(runsDir, 'runs/empty'));
  await mkdir(join(runsDir, 'runs/future'));
  await writeFile(join(runsDir, 'runs/future/run.json'), '{"format": 2}');
  await writeFile(join(runsDir, 'runs/half.txt'), 'notes');
  await mkdir(join(runsDir, 'runs/half'));
  await writeFile(join(runsDir, 'runs/half/run.json'), '{"format": 1, "id"');
  await writeFile(join(runsDir, 'runs', run.id, 'annotations.json'), '{"tags": 3');
  expect((await changes(0)).rows).toMatchObject([{ id: run.id, tags: [] }]);
  await expect(store.annotate(run.id, { note: 'x' })).rejects.toThrow('cannot be read; nothing was changed');
  expect(await readFile(join(runsDir, 'runs', run.id, 'annotations.json'), 'utf8')).toBe('{"tags": 3');
  expect(index.sweeps()).toMatchObject([{ id: sweep.id, trials: [{ state: 'finished', run: run.id }] }]);
  expect(index.damaged().runs.map(({ reason }) => reason)).toEqual([
    'has no run.json',
    'run.json has format 2; this version of Thaw reads format 1',
    expect.stringContaining('is not JSON'),
    'is a file, not a folder of a record',
  ]);
});

test('a finished run whose record is damaged later is gone from the table and is named, until it is mended', async () => {
  const { runsDir, store, index, changes } = indexed();
  const run = await store.createRun(newRun(0));
  await run.finish(summary, ['A']);
  const { version } = await changes(0);
  const file = join(runsDir, 'runs', run.id, 'run.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.slice(0, 40));
  const gone = await changes(version);
  expect(gone).toMatchObject({ rows: [], removed: [run.id] });
  expect(index.damaged().runs).toMatchObject([{ reason: expect.stringContaining('is not JSON') }]);
  await writeFile(file, text);
  expect(await changes(gone.version)).toMatchObject({ rows: [{ id: run.id }], removed: [] });
  expect(index.damaged().runs).toEqual([]);
});

test('complete records are looked at in turn, a few at each refresh', async () => {
  const runsDir = temporaryFolder();
  const folders = new RecordFolders(join(runsDir, 'runs'), 'run', runSchema, tickingClock());
  const store = openStore(runsDir, tickingClock());
  for (let number = 0; number < 5; number++)
    await (await store.createRun(newRun(number))).finish(summary, ['A']);
  const index = new RecordIndex(folders, { digest: ({ id }) => Promise.resolve(id), keep: (id) => id });
  const ids = (await index.refresh(0)).changed;
  for (const id of ids) await writeFile(join(runsDir, 'runs', id, 'run.json'), '{');
  const found = [
    await index.refresh(0),
    await index.refresh(2),
    await index.refresh(2),
    await index.refresh(2),
  ];
  expect(found.map(({ changed }) => changed.length)).toEqual([0, 2, 2, 1]);
});
