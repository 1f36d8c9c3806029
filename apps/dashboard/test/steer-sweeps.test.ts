import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, programArguments } from '@thaw/base/testing';
import { tinyExperiment } from '@thaw/sweep/testing';
import { openStore, type StoreIndex } from '@thaw/tracking';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SweepJobDocument } from '../api/operations/sweep-jobs.ts';
import { serveHandlers, type ServedHandlers } from './served-handlers.ts';

/** Where the server was started. */
let folder: string;
let runsDir: string;
let index: StoreIndex;
let served: ServedHandlers;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'thaw-steer-')));
  runsDir = join(folder, 'runs');
  index = openStore(runsDir).index();
  const limits = { directory: folder, data: [join(folder, 'data')], programs: false, readOnly: false };
  served = await serveHandlers(runsDir, {
    limits,
    index: async () => {
      index.expire();
      await index.refresh();
      return index;
    },
  });
  for (const name of ['data/cells', 'secret', 'experiments'])
    mkdirSync(join(folder, name), { recursive: true });
  symlinkSync(join(folder, 'secret'), join(folder, 'data/link'));
  writeFileSync(join(folder, 'experiments/tiny.yaml'), tinyExperiment([2]));
  writeFileSync(join(folder, 'experiments/huge.yaml'), 'x'.repeat(100_000));
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask: ServedHandlers['ask'] = (...request) => served.ask(...request);

async function jobAfter(method: string, path: string, body?: unknown): Promise<SweepJobDocument> {
  const answered = await ask(method, path, body);
  expect(answered).toMatchObject({ status: 200 });
  return answered.body as SweepJobDocument;
}

/** The job of a sweep once it is as wanted. */
async function until(sweep: string, isThere: (job: SweepJobDocument) => boolean): Promise<SweepJobDocument> {
  const look = () => jobAfter('GET', `sweeps/${sweep}/job`);
  let job = await look();
  await vi.waitUntil(async () => isThere((job = await look())), { timeout: 250_000, interval: 100 });
  return job;
}

const hasEnded = ({ state }: SweepJobDocument) => state !== 'running' && state !== 'stopping';
const runs = (trial: number) => (job: SweepJobDocument) => job.workers.some((each) => each.trial === trial);

describe('a sweep that is started from a page', () => {
  it('is steered as the command line steers it, which can stop it and go on with it, and the other way round', async () => {
    // The first trial goes on until it is stopped.
    const started = await jobAfter('POST', 'sweeps', { yaml: tinyExperiment([1_000_000, 2, 3]), workers: 1 });
    const { sweep } = started;
    expect(started).toMatchObject({ state: 'running', recorded: false, elsewhere: false, wanted_workers: 1 });
    const begun = await until(sweep, runs(0));
    expect(begun).toMatchObject({
      ...{ state: 'running', recorded: true, queue: { waiting: 2, running: 1, finished: 0, failed: 0 } },
      workers: [{ id: 'worker 1', host: null, trial: 0, stopping: false }],
      progress: { phase: 'trials', done: 0, total: 3 },
    });
    expect(begun.log.lines[0]).toBe(`Sweep ${sweep}: 3 trials to run, engine onnx`);
    expect((await ask('POST', `sweeps/${sweep}/resume`)).body['detail']).toMatch(
      /is running; it can be resumed/,
    );
    expect((await ask('POST', `sweeps/${sweep}/trials/2/stop`)).status).toBe(409);

    // Beside it the others run.
    expect((await jobAfter('PATCH', `sweeps/${sweep}/job`, { workers: 2 })).state).toBe('running');
    const beside = await until(sweep, ({ queue }) => queue.finished === 2);
    expect(beside).toMatchObject({ state: 'running', wanted_workers: 2, queue: { waiting: 0, running: 1 } });
    const news = await jobAfter('GET', `sweeps/${sweep}/job?since=${begun.log.cursor}`);
    expect(news.log.lines.filter((line) => / finished in /.test(line))).toHaveLength(2);

    // The session ends with its last trial, which is left.
    await jobAfter('POST', `sweeps/${sweep}/trials/0/stop`);
    const left = await until(sweep, hasEnded);
    expect(left).toMatchObject({
      state: 'finished',
      resumable: true,
      queue: { finished: 2, interrupted: 1 },
    });

    await jobAfter('POST', `sweeps/${sweep}/resume`, { workers: 1 });
    await until(sweep, runs(0));
    expect((await jobAfter('POST', `sweeps/${sweep}/stop`)).state).toBe('stopping');
    expect(await until(sweep, hasEnded)).toMatchObject({ state: 'cancelled', resumable: true });

    const command = spawn(
      process.execPath,
      [...programArguments(commandLine()), 'sweep', '--resume', sweep, '--runs-dir', runsDir],
      { stdio: 'ignore' },
    );
    const exited = once(command, 'exit');
    expect(await until(sweep, runs(0))).toMatchObject({
      state: 'cancelled',
      elsewhere: true,
      resumable: false,
    });
    for (const [path, body] of [
      ['resume', {}],
      ['stop', { now: true }],
      ['trials/0/stop', {}],
    ] as const) {
      expect((await ask('POST', `sweeps/${sweep}/${path}`, body)).status).toBe(409);
    }
    expect((await ask('PATCH', `sweeps/${sweep}/job`, { workers: 3 })).status).toBe(409);
    await jobAfter('POST', `sweeps/${sweep}/stop`);
    expect(await exited).toEqual([130, null]);

    const { trials } = await openStore(runsDir).sweep(sweep);
    expect(trials.map(({ number, state }) => [number, state])).toEqual([
      [0, 'interrupted'],
      [1, 'finished'],
      [2, 'finished'],
    ]);
  });

  it('runs failed trials once more where that is asked for', async () => {
    const diverging = tinyExperiment([2]).replace('training: {', 'training: {learning_rate: 1.0e+30, ');
    const { sweep } = await jobAfter('POST', 'sweeps', { yaml: diverging });
    expect(await until(sweep, hasEnded)).toMatchObject({
      ...{ state: 'failed', error: 'no trial has finished', resumable: false, queue: { failed: 1 } },
    });
    const refused = await ask('POST', `sweeps/${sweep}/resume`);
    expect([refused.status, refused.body['detail']]).toEqual([
      409,
      `no trial of sweep ${sweep} is left to run, but failed trials can be retried`,
    ]);
    await jobAfter('POST', `sweeps/${sweep}/resume`, { retry_failed: true });
    expect(await until(sweep, hasEnded)).toMatchObject({ state: 'failed', queue: { failed: 1 } });
    const [trial] = (await openStore(runsDir).sweep(sweep)).trials;
    expect(trial!.attempts).toHaveLength(1);
  });

  it('is not kept where it is stopped before its images were read, or cannot begin, which is said', async () => {
    const stopped = await jobAfter('POST', 'sweeps', { yaml: tinyExperiment([2]) });
    const asked = await jobAfter('PATCH', `sweeps/${stopped.sweep}/job`, { workers: 3 });
    expect([asked.wanted_workers, asked.recorded]).toEqual([3, false]);
    await jobAfter('POST', `sweeps/${stopped.sweep}/stop`, { now: true });
    expect(await until(stopped.sweep, hasEnded)).toMatchObject({ state: 'cancelled', recorded: false });
    const empty = `dataset: {path: ${join(folder, 'data/cells')}, layout: class-folders}\nmodel: {weights: random}`;
    const { sweep } = await jobAfter('POST', 'sweeps', { yaml: empty });
    const failed = await until(sweep, hasEnded);
    expect(failed).toMatchObject({ state: 'failed', recorded: false, resumable: false });
    expect(failed.error).toMatch(/data\/cells/);
  });
});

describe('what a page may ask for', () => {
  it('says what experiments may be, what may be read, and which files there are', async () => {
    const { body } = await ask('GET', 'experiments/settings');
    expect(body).toMatchObject({
      ...{ directory: folder, folders: [join(folder, 'data')], programs: false, read_only: false },
      experiments: [{ file: 'tiny.yaml', yaml: tinyExperiment([2]) }],
    });
    const schema = body['schema'] as { properties: Record<string, unknown> };
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['dataset', 'model', 'training', 'parameters', 'metric']),
    );
    expect(body['settings']).toContainEqual(expect.objectContaining({ path: 'model.scenario' }));
  });

  it('checks a file as it is written', async () => {
    const good = await ask('POST', 'experiments/check', { yaml: tinyExperiment([2, 3]) });
    expect(good.body).toMatchObject({
      mistakes: [],
      experiment: { name: 'tiny', method: 'grid', swept: ['training.epochs'], trials: 2, program: false },
    });
    const { body } = await ask('POST', 'experiments/check', { yaml: 'model:\n  alfa: 1\nprogramm: x' });
    expect(body).toMatchObject({
      mistakes: [
        { line: 2, column: 9, path: 'model.alfa', message: expect.stringContaining('alpha') as string },
        { line: 3, column: 11, path: 'programm' },
      ],
      experiment: null,
    });
  });

  it.each([
    ['a folder beside those', 'dataset: {path: FOLDER/secret}', 'outside the folders'],
    ['a link out of one', 'dataset: {path: FOLDER/data/link}', 'outside the folders'],
    ['the way up', 'dataset: {path: data/../secret}', 'outside the folders'],
    ['any file of the system', 'dataset: {path: /etc}', 'outside the folders'],
    ['the folder of the server', 'dataset: {path: .}', 'outside the folders'],
    ['weights', 'model: {weights: FOLDER/secret/w.h5}', 'outside the folders'],
    ['a network', 'model: {backbone: FOLDER/secret/n.onnx}', 'outside the folders'],
    ['a table of groups', 'split: {groups: {csv: /etc/passwd, column: a}}', 'outside the folders'],
    ['one of several', 'parameters: {model.weights: {values: [random, /etc/w.h5]}}', 'outside the folders'],
    ['a program', 'program: train.py\nmetric: {name: f1, goal: maximize}', '--allow-programs'],
  ])('refuses to read or start %s', async (_, text, message) => {
    const refused = await ask('POST', 'sweeps', { yaml: text.replaceAll('FOLDER', folder) });
    expect([refused.status, refused.body['detail']]).toEqual([400, expect.stringContaining(message)]);
  });

  it('refuses to go on with a sweep of the command line that reads elsewhere', async () => {
    const writer = await openStore(runsDir).createSweep({
      ...{ name: 'e', experimentFile: 'e.yaml', method: 'grid', parameters: {}, engine: 'onnx', workers: 1 },
      ...{ experimentText: `dataset: {path: ${join(folder, 'secret')}}`, planned: 1 },
      metric: { name: 'val_accuracy', goal: 'maximize' },
    });
    await writer.finish('interrupted');
    const refused = await ask('POST', `sweeps/${writer.id}/resume`);
    expect([refused.status, refused.body['detail']]).toEqual([
      400,
      expect.stringContaining('outside the folders'),
    ]);
  });

  it.each([
    ['POST', 'sweeps', '{', 400],
    ['POST', 'sweeps', '[]', 400],
    ['POST', 'sweeps', '', 400],
    ['POST', 'sweeps', '['.repeat(200_000), 400],
    ['POST', 'sweeps', { yaml: 1 }, 400],
    ['POST', 'sweeps', { yaml: 'model: {alpha: 0.35}', other: 1 }, 400],
    ['POST', 'sweeps', { yaml: 'x'.repeat(65_537) }, 400],
    ['POST', 'sweeps', { yaml: '['.repeat(60_000) }, 400],
    ['POST', 'sweeps', { yaml: tinyExperiment([2]), workers: 0 }, 400],
    ['POST', 'sweeps', { yaml: tinyExperiment([2]), workers: 1e9 }, 400],
    ['POST', 'sweeps', { yaml: 'a: &a [1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b]' }, 400],
    ['POST', 'experiments/check', { text: '' }, 400],
    ['GET', 'sweeps/none/job', undefined, 404],
    ['GET', 'sweeps/none/job?since=-1', undefined, 400],
    ['POST', 'sweeps/..%2F..%2Fetc/resume', {}, 404],
    ['POST', 'sweeps/none/stop', {}, 404],
    ['POST', 'sweeps/none/trials/x/stop', {}, 400],
    ['PATCH', 'sweeps/none/job', { workers: 1 }, 409],
    ['PATCH', 'sweeps/none/job', {}, 400],
  ])('answers %s %s without breaking, %#', async (method, path, body, status) => {
    expect((await ask(method, path, body)).status).toBe(status);
  });
});
