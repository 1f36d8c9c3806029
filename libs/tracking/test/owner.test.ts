import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '../src/index.ts';
import { isOwnerAlive, thisProcess } from '../src/files/owner.ts';
import type { Owner } from '../src/files/owner.ts';
import { newRun, temporaryFolder } from './support/fixtures.ts';

const now = new Date('2026-11-23T06:15:30Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const elsewhere: Owner = { host: 'another', pid: process.pid, started: null };

test.each([
  ['this process', thisProcess(), now, true],
  ['this process, however old its heartbeat', thisProcess(), ago(1e6), true],
  ['a process of another host with a fresh heartbeat', elsewhere, ago(59), true],
  ['a process of another host that fell silent', elsewhere, ago(61), false],
])('%s: alive is %s', (_, owner, heartbeat, alive) => {
  expect(isOwnerAlive(owner, heartbeat, now)).toBe(alive);
});

test('a process that was killed is dead, though its heartbeat is fresh', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const owner = { ...thisProcess(), pid: child.pid!, started: startOf(child.pid!) };
  expect(isOwnerAlive(owner, now, now)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isOwnerAlive(owner, now, now)).toBe(false);
});

test.runIf(process.platform === 'linux')('a later process with the same id is not the owner (Linux)', () => {
  const owner = thisProcess();
  expect(owner.started).toBe(startOf(process.pid));
  expect(isOwnerAlive({ ...owner, started: owner.started! - 1 }, now, now)).toBe(false);
});

test('the owner does not name the host', () => {
  expect(thisProcess().host).toMatch(/^[0-9a-f]{16}$/);
});

test('a run whose owner is gone reads as interrupted, and its file stays as it is', async () => {
  const store = openStore(temporaryFolder(), () => now);
  const run = await store.createRun(newRun(0));
  const file = join(run.folder, 'run.json');
  const text = JSON.stringify({ ...(await store.run(run.id)), owner: elsewhere });
  await writeFile(file, text);

  await writeFile(join(run.folder, 'alive'), '');
  utimesSync(join(run.folder, 'alive'), ago(59), ago(59));
  expect((await store.run('latest')).state).toBe('running');
  utimesSync(join(run.folder, 'alive'), ago(61), ago(61));
  expect((await store.run('latest')).state).toBe('interrupted');
  expect((await store.runs()).runs.map(({ state }) => state)).toEqual(['interrupted']);
  expect(await readFile(file, 'utf8')).toBe(text);
});

test('a new run of another host is running until its first heartbeat must have come', async () => {
  let time = now;
  const store = openStore(temporaryFolder(), () => time);
  const run = await store.createRun(newRun(0));
  await writeFile(
    join(run.folder, 'run.json'),
    JSON.stringify({ ...(await store.run(run.id)), owner: elsewhere }),
  );
  expect((await store.run(run.id)).state).toBe('running');
  time = new Date(now.getTime() + 61_000);
  expect((await store.run(run.id)).state).toBe('interrupted');
});

test('the owner beats every 5 s until its run ends', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  let time = now;
  const run = await openStore(temporaryFolder(), () => time).createRun(newRun(0));
  const heartbeat = join(run.folder, 'alive');
  for (const seconds of [5, 10]) {
    time = new Date(now.getTime() + seconds * 1000);
    vi.advanceTimersByTime(5000);
    await vi.waitFor(
      () => {
        expect(statSync(heartbeat).mtime).toEqual(time);
      },
      { timeout: 120_000 },
    );
  }
  await run.interrupt();
  expect(vi.getTimerCount()).toBe(0);
  expect(existsSync(heartbeat)).toBe(false);
});

/** Field 22 of /proc/<pid>/stat (proc(5)), counted on its own; null where there is none. */
function startOf(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  return Number(/^\d+ \(.*\) (?:\S+ ){19}(\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))![1]);
}
