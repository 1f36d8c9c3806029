import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { programArguments } from '@thaw/base/testing';
import { expect, test } from 'vitest';
import { Random } from '@thaw/base';
import { openStore } from '../src/index.ts';
import type { FileStore } from '../src/index.ts';
import { epoch, summary, temporaryFolder } from './support/fixtures.ts';

const program = fileURLToPath(new URL('./killed-writer.ts', import.meta.url));

function startWriter(folder: string) {
  const child = spawn(process.execPath, [...programArguments(program), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const finished: string[] = [];
  const lines = createInterface(child.stdout);
  lines.on('line', (id) => finished.push(id));
  return {
    finished,
    first: once(lines, 'line'),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

/** Whatever was going on when the writer was killed: all of it parses, nothing that finished is lost, nothing seems to run. */
async function checkAfterKill(store: FileStore, folder: string, finished: readonly string[]): Promise<void> {
  const { runs, damaged } = await store.runs();
  const { sweeps, damaged: damagedSweeps } = await store.sweeps();
  expect([...damaged, ...damagedSweeps]).toEqual([]);
  const states = new Map(runs.map((run) => [run.id, run.state]));
  expect(finished.map((id) => states.get(id))).toEqual(finished.map(() => 'finished'));
  expect(runs.filter(({ state }) => state !== 'finished' && state !== 'interrupted')).toEqual([]);
  expect(sweeps.map(({ state }) => state)).toEqual(sweeps.map(() => 'interrupted'));
  const trials = sweeps.flatMap((sweep) => sweep.trials);
  const finishedTrials = trials.filter(({ state }) => state === 'finished');
  expect(new Set(finishedTrials.map(({ run }) => run))).toEqual(
    new Set(runs.filter(({ state }) => state === 'finished').map(({ id }) => id)),
  );
  expect(finishedTrials.map((trial) => trial.summary)).toEqual(finishedTrials.map(() => summary));
  for (const { id, state } of runs) {
    const metrics = await store.metrics(id);
    expect(metrics).toEqual(metrics.map((_, index) => epoch(index + 1)));
    if (state === 'finished') {
      expect(metrics).toHaveLength(20);
      expect(await store.predictions(id, 'test')).toHaveLength(1);
    }
  }
  for (const kind of ['runs', 'sweeps']) await checkEveryJson(join(folder, kind));
}

/** What a process was still making in a temporary folder when it was killed is no record. */
async function checkEveryJson(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (name.endsWith('.json') && !name.startsWith('.tmp-'))
      JSON.parse(await readFile(join(folder, name), 'utf8'));
  }
}

test('a process killed at ten moments leaves records that parse, loses no finished trial and shows as interrupted', async () => {
  const random = new Random('killed', 1);
  for (let i = 0; i < 10; i++) {
    const folder = temporaryFolder();
    const writer = startWriter(folder);
    await writer.first;
    await sleep(random.uniform(0, 150));
    await writer.kill();
    await checkAfterKill(openStore(folder), folder, writer.finished);
  }
});

test('two processes that write into one runs folder do not disturb one another', async () => {
  const folder = temporaryFolder();
  const writers = [startWriter(folder), startWriter(folder)];
  await Promise.all(writers.map((writer) => writer.first));
  const store = openStore(folder);
  for (let i = 0; i < 10; i++) {
    // Read while they write: every record is whole at every moment.
    expect((await store.runs()).damaged).toEqual([]);
    expect((await store.sweeps()).sweeps.map(({ state }) => state)).toEqual(['running', 'running']);
  }
  await Promise.all(writers.map((writer) => writer.kill()));
  await checkAfterKill(
    store,
    folder,
    writers.flatMap((writer) => writer.finished),
  );
});
