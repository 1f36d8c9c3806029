import { renameSync, writeFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileStamp } from '../src/files/file-stamp.ts';
import { digestRun, IndexedRun } from '../src/files/indexed-run.ts';
import { KeptRecords } from '../src/files/kept-records.ts';
import { newestRecords } from '../src/files/newest-records.ts';
import { RecordFolders } from '../src/files/record-folders.ts';
import { RecordIndex } from '../src/files/record-index.ts';
import { openStore } from '../src/index.ts';
import { runSchema } from '../src/records/run-record.ts';
import { newRun, summary, temporaryFolder, tickingClock } from './support/fixtures.ts';

/** A store of which each `look` is that of another process, some time later. */
async function keptStore(count: number) {
  const runsDir = temporaryFolder();
  const store = openStore(runsDir, tickingClock());
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    const run = await store.createRun(newRun(number));
    await run.finish({ ...summary, test_accuracy: Number.NaN }, ['A']);
    ids.push(run.id);
  }
  const path = join(runsDir, 'cache/records/runs.jsonl');
  const look = async (later = 10_000) => {
    const clock = () => new Date(Date.now() + later);
    const folders = new RecordFolders(join(runsDir, 'runs'), 'run', runSchema, clock);
    const read: string[] = [];
    const index = new RecordIndex(folders, {
      digest: (record, folder) => {
        read.push(record.id);
        return digestRun(record, folder);
      },
      keep: (digest) => new IndexedRun(digest),
      beside: ['annotations.json'],
      file: new KeptRecords(path, clock, 1),
    });
    await index.refresh(Infinity);
    return { read, rows: index.all().map(({ row }) => row), runs: index.all().map(({ run }) => run) };
  };
  return { runsDir, store, ids, path, look };
}

test('the next process reads no record again that an earlier one has read, and finds the same', async () => {
  const { ids, look } = await keptStore(3);
  const first = await look();
  expect(first.read).toEqual(ids);
  const second = await look();
  expect(second).toEqual({ ...first, read: [] });
  expect(second.runs[0]).toMatchObject({ state: 'finished', summary: { test_accuracy: Number.NaN } });
});

test('records whose files have changed, annotations among them, are read again, and those that are gone are forgotten', async () => {
  const { runsDir, store, ids, look } = await keptStore(4);
  await look();
  await store.annotate(ids[1]!, { tags: ['paper'] });
  await store.deleteRun(ids[0]!);
  const file = join(runsDir, 'runs', ids[2]!, 'run.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"finished"', '"pruned"'));
  await writeFile(join(runsDir, 'runs', ids[3]!, 'run.json'), '{');
  const { read, rows } = await look();
  expect(read).toEqual([ids[1], ids[2]]);
  expect(rows).toMatchObject([
    { id: ids[1], tags: ['paper'] },
    { id: ids[2], state: 'pruned' },
  ]);
});

test('what was changed a moment ago is not kept yet', async () => {
  const { ids, look } = await keptStore(2);
  await look(0);
  expect((await look()).read).toEqual(ids);
});

test('a file that takes the place of another within a tick of the clock is another one', () => {
  const path = join(temporaryFolder(), 'run.json');
  const stamps = Array.from({ length: 50 }, (_, i) => {
    writeFileSync(`${path}.new`, String(i % 10));
    renameSync(`${path}.new`, path);
    return fileStamp([path])!.text;
  });
  expect(stamps.filter((stamp, i) => stamp === stamps[i + 1])).toEqual([]);
});

test.each([
  ['cut off', (text: string) => text.slice(0, -20), 1],
  ['of another version', (text: string) => text.replace(/\d/, '9'), 3],
  ['full of something else', () => 'thaw records 3\nx\ty\n\t\t\t\n', 3],
  ['broken in the middle', (text: string) => text.replace('{"run"', '{"run'), 1],
  ['empty', () => '', 3],
])('a file that is %s costs no more than reading records', async (_, damage, again) => {
  const { ids, path, look } = await keptStore(3);
  await look();
  await writeFile(path, damage(await readFile(path, 'utf8')));
  const { read, rows } = await look();
  expect([read.length, rows.map(({ id }) => id)]).toEqual([again, ids]);
  expect((await look()).read).toEqual([]);
});

test('a folder that cannot be written keeps nobody from reading', async () => {
  const { runsDir, ids, look } = await keptStore(2);
  await rm(join(runsDir, 'cache'), { recursive: true, force: true });
  await writeFile(join(runsDir, 'cache'), 'a file');
  expect((await look()).rows.map(({ id }) => id)).toEqual(ids);
});

test('the newest runs are found without reading older ones, imported ones of before where they belong', async () => {
  const runsDir = temporaryFolder();
  const clock = tickingClock();
  const store = openStore(runsDir, clock);
  const ids: string[] = [];
  for (let number = 0; number < 6; number++) {
    const run = await store.createRun(newRun(number));
    await run.finish(summary, ['A']);
    ids.push(run.id);
  }
  const folders = new RecordFolders(join(runsDir, 'runs'), 'run', runSchema, clock);
  const looked: string[] = [];
  const wanted = ({ id }: { id: string }) => {
    looked.push(id);
    return Promise.resolve(id !== ids[4]);
  };
  const { records, isCut } = await newestRecords(folders, 2, wanted);
  expect([records.map(({ id }) => id), isCut]).toEqual([[ids[5], ids[3]], true]);
  expect(looked).not.toContain(ids[0]);
  expect((await newestRecords(folders, 9, wanted)).isCut).toBe(false);
  const none = await newestRecords(folders, 2, () => Promise.resolve(false));
  expect(none).toMatchObject({ records: [], looked: 6, isCut: false });
  // As if it had been imported: its id is the newest and what it tells the oldest.
  const file = join(runsDir, 'runs', ids[5]!, 'run.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/"created": "[^"]*"/, '"created": "2001-01-01T00:00:00.000Z"'));
  expect((await newestRecords(folders, 2, wanted)).records.map(({ id }) => id)).toEqual([ids[3], ids[2]]);
});
