import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '@thaw/base';
import { openStore, type RunStore } from '@thaw/tracking';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrialEvent } from '../src/executors/executor.ts';
import { serveTracker, portOf } from '../src/distributed/tracker-server.ts';
import { TrialDesk } from '../src/distributed/trial-desk.ts';
import { provenance } from './chaos/trivial-records.ts';
import { epoch, job, summary } from './support/fixtures.ts';

let folder: string;
let store: RunStore;
let desk: TrialDesk;
let now: number;
let events: TrialEvent[];
let notes: string[];
const observe = (event: TrialEvent) => void events.push(event);
const claim = (id: string, number = 0) => desk.claim('sweep', number, id, { worker: id, provenance });
const epochs = (...numbers: number[]) =>
  numbers.map((number) => ({ type: 'epoch', record: epoch(number, 1) }) as const);
const end = {
  outcome: { state: 'finished', summary: summary(0.9, 0.5) },
  classes: ['a'],
  provenance: {},
} as const;
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (error: { refusal: string }) => error.refusal,
  );

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-desk-'));
  store = openStore(folder);
  now = 0;
  events = [];
  notes = [];
  const note = (message: string) => void notes.push(message);
  const options = { store, sweep: 'sweep', settled: [7], leaseMs: 1000, note };
  desk = new TrialDesk({ ...options, now: () => now });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the desk where trials are given out', () => {
  it('takes in nothing that a worker says of a sealed test set', async () => {
    void desk.offer({ ...job(0), test: false }, observe);
    const { run } = await claim('a');
    expect((await store.run(run)).sealed).toBe(true);
    const bytes = Buffer.from('{}\n');
    expect(await refusal(desk.file('a', 'predictions-test.jsonl', bytes, sha256(bytes)))).toBe('invalid');
    await desk.file('a', 'predictions-validation.jsonl', bytes, sha256(bytes));
    expect(await refusal(desk.end('a', end))).toBe('invalid');
    expect((await store.run(run)).summary).toBeNull();
  });

  it('has a pruner judge what the folds so far have come to, where a worker says so', async () => {
    const judged: unknown[] = [];
    void desk.offer(job(0), observe, (record) => judged.push(record) > 1);
    await claim('a');
    const soFar = [1, 2].map((fold) => ({ ...epoch(fold, 1), fold }));
    const told = { first: 0, events: epochs(1, 2), judge: true };
    const [first] = soFar;
    expect((await desk.events('a', { ...told, folds_so_far: [first!] })).prune).toBe(false);
    expect((await desk.events('a', { ...told, folds_so_far: soFar, judge: false })).prune).toBe(false);
    expect((await desk.events('a', told)).prune).toBe(true);
    expect(judged).toEqual([first, ...soFar, epoch(2, 1)]);
  });

  it('records what a worker tells, however often it comes', async () => {
    const groups = { '5a': { photograph: 'a photograph' } };
    const outcome = desk.offer({ ...job(0), groups }, observe);
    const { run } = await claim('a');
    expect(await claim('a')).toEqual({ run, groups });
    await desk.events('a', { first: 0, events: epochs(1, 2), judge: false });
    await desk.events('a', { first: 1, events: epochs(2, 3), judge: false });
    expect(await refusal(desk.events('a', { first: 9, events: [], judge: false }))).toBe('lost');
    const bytes = Buffer.from('{}\n');
    await desk.file('a', 'predictions-test.jsonl', bytes, sha256(bytes));
    await desk.file('a', 'predictions-test.jsonl', bytes, sha256(bytes));
    const log = Buffer.from('reading images\n');
    for (let i = 0; i < 2; i++) await desk.file('a', 'log.txt', log, sha256(log));
    const kept = Buffer.from('{"origin":"detected","groups":[]}');
    await desk.file('a', 'groups.json', kept, sha256(kept));
    await Promise.all([desk.end('a', end), desk.end('a', end)]);
    await desk.end('a', end);
    expect(await outcome).toEqual(end.outcome);
    expect(events.map(({ type }) => type)).toEqual(['run', 'epoch', 'epoch', 'epoch']);
    expect(await store.groups(run)).toEqual({ origin: 'detected', images: [] });
    expect(readFileSync(join(folder, 'runs', run, 'log.txt'), 'utf8')).toBe('reading images\n');
    expect((await store.metrics(run)).map((record) => record.epoch)).toEqual([1, 2, 3]);
    expect(await store.run(run)).toMatchObject({ state: 'finished', classes: ['a'] });
    expect((await store.runs()).runs).toHaveLength(1);
  });

  it('takes in an end that could not be written when it comes again', async () => {
    const outcome = desk.offer(job(0), observe);
    const { run } = await claim('a');
    const record = join(folder, 'runs', run, 'run.json');
    rmSync(record);
    mkdirSync(record);
    await expect(desk.end('a', end)).rejects.toThrow('EISDIR');
    rmdirSync(record);
    await desk.end('a', end);
    expect(await outcome).toEqual(end.outcome);
    expect(await store.run(run)).toMatchObject({ state: 'finished' });
  });

  it('takes in epochs and an end when they come again once a file that could not be written can be', async () => {
    const outcome = desk.offer(job(0), observe);
    const { run } = await claim('a');
    const metrics = join(folder, 'runs', run, 'metrics.jsonl');
    mkdirSync(metrics);
    let last = 0;
    const tell = async () => {
      const events = epochs(...Array.from({ length: last }, (_, i) => i + 1));
      await desk.events('a', { first: 0, events, judge: false });
    };
    await expect.poll(() => (last++, tell().catch((error: Error) => error.message))).toMatch('EISDIR');
    rmdirSync(metrics);
    await expect.poll(() => tell().then(() => 'heard', String)).toBe('heard');
    await desk.end('a', end);
    expect(await outcome).toEqual(end.outcome);
    const kept = (await store.metrics(run)).map(({ epoch }) => epoch);
    expect(kept).toEqual(Array.from({ length: last }, (_, i) => i + 1));
  });

  it('takes in an end whose curve cannot be written at all, and says so', async () => {
    void desk.offer(job(0), observe);
    const { run } = await claim('a');
    const metrics = join(folder, 'runs', run, 'metrics.jsonl');
    mkdirSync(metrics);
    await desk.events('a', { first: 0, events: epochs(1), judge: false });
    await desk.end('a', end);
    rmdirSync(metrics);
    expect(await store.run(run)).toMatchObject({
      state: 'finished',
      summary: { epochs: end.outcome.summary.epochs },
    });
    expect(notes).toEqual([expect.stringMatching(/^trial 0: its curve is cut, .* EISDIR/)]);
  });

  it('gives a trial to one worker at a time, and to no other once it has ended', async () => {
    const outcome = desk.offer(job(0), observe);
    expect(await Promise.all([refusal(claim('a')), refusal(claim('b'))])).toEqual(['none', 'leased']);
    expect(desk.open).toEqual([]);
    await desk.end('a', end);
    await outcome;
    expect(await refusal(claim('c'))).toBe('settled');
    expect(await refusal(claim('c', 7)), 'ended in an earlier session').toBe('settled');
    expect(await refusal(claim('c', 1)), 'never offered').toBe('unknown');
  });

  it('gives up a worker that is silent, and takes nothing from it any more', async () => {
    const outcome = desk.offer(job(0), observe);
    const { run } = await claim('a');
    now = 900;
    await desk.events('a', { first: 0, events: epochs(1), judge: false });
    now = 1800;
    await desk.expire();
    expect(desk.open).toEqual([]);
    now = 2000;
    await desk.expire();
    expect(desk.open.map(({ number }) => number)).toEqual([0]);
    expect(await refusal(desk.end('a', end))).toBe('lost');
    await claim('b');
    await desk.end('b', end);
    expect(await outcome).toEqual(end.outcome);
    expect(await store.run(run)).toMatchObject({ state: 'interrupted' });
  });

  it('asks for trials back after their epoch when it is stopped, and takes them back when they are released', async () => {
    const [running, waiting] = [desk.offer(job(0), observe), desk.offer(job(1), observe)];
    await claim('a');
    desk.stop();
    expect(await waiting).toEqual({ state: 'interrupted' });
    expect(await desk.events('a', { first: 0, events: epochs(1), judge: false })).toMatchObject({
      stop: true,
    });
    await desk.release('a', null);
    expect(await running).toEqual({ state: 'interrupted' });
    expect(await desk.offer(job(2), observe)).toEqual({ state: 'interrupted' });
  });
});

it('a tracker whose disk is full takes all trials back and says why', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  const broken = { createRun: () => Promise.reject(full) } as unknown as RunStore;
  desk = new TrialDesk({ store: broken, sweep: 'sweep', settled: [], leaseMs: 1000, note: () => undefined });
  const outcomes = [desk.offer(job(0), observe), desk.offer(job(1), observe)];
  const server = await serveTracker({ desk, token: 'token', host: '127.0.0.1', port: 0 });
  try {
    const answer = await fetch(`http://127.0.0.1:${portOf(server)}/v1/trials/sweep/0/attempts/a`, {
      method: 'PUT',
      headers: { authorization: 'Bearer token' },
      body: JSON.stringify({ worker: 'a', provenance }),
    });
    expect(answer.status).toBe(500);
    const interrupted = { state: 'interrupted', error: full.message };
    expect(await Promise.all(outcomes)).toEqual([interrupted, interrupted]);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
