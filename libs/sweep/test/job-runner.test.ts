import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { UserError } from '@thaw/base';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { argumentsFor } from '../src/executors/node-arguments.ts';
import { JobRunner } from '../src/jobs/job-runner.ts';
import type { Job } from '../src/jobs/job.ts';

const module = new URL('./support/fake-job-process.ts', import.meta.url);

let runner: JobRunner;
beforeEach(() => {
  runner = new JobRunner({ runsDir: 'runs', module, graceMs: 300 });
});
afterEach(() => runner.close());

function start(run: string): Job<'gap'> {
  return runner.start('gap', run, { run, retrain: 0 });
}

const isFaking = (job: Job) => vi.waitUntil(() => job.notices.length > 0, { timeout: 120_000 });

/** The process that did a job, by its own word. */
function pidOf(status: Awaited<Job<'gap'>['ended']>): number {
  return status.state === 'finished' ? Number(status.outcome.run.split(' ').at(-1)) : Number.NaN;
}

describe('a job', () => {
  it('runs in a process of its own, tells how far it is and what came out of it', async () => {
    const job = start('r');
    expect(job.status).toEqual({
      state: 'running',
      progress: { phase: 'reading the run', done: null, total: null },
    });
    await isFaking(job);
    const ended = await job.ended;
    expect(pidOf(ended)).toBeGreaterThan(0);
    expect(pidOf(ended)).not.toBe(process.pid);
    expect([job.status, job.notices]).toEqual([ended, [{ message: 'a fake' }]]);
    // Whoever comes later finds it.
    expect(runner.find('gap', 'r')?.status).toBe(ended);
    expect(runner.find('promote', 'r')).toBeNull();
    await vi.waitUntil(() => !isAlive(pidOf(ended)), { timeout: 120_000 });
  });

  it('that fails says why: as it would here where it can be mended, with its stack or its last words where not', async () => {
    const jobs = [start('refuse'), start('break'), start('throw')];
    const ended = await Promise.all(jobs.map((job) => job.ended));
    expect(ended).toMatchObject([
      { error: { message: 'no such run', kind: 'not-found', remedy: { do: 'promote a run' } } },
      { error: { message: 'x is undefined', stack: 'TypeError: at fake.ts' } },
      {
        error: {
          message: 'the job ended early: the process ended with exit code 1: Error: the fake job broke',
        },
      },
    ]);
    const isUserError = ended.map((status) => status.state === 'failed' && status.error instanceof UserError);
    expect(isUserError).toEqual([true, false, false]);
  });
});

describe('a run', () => {
  it('has one job at a time, of whatever kind; others go on beside it', async () => {
    const job = start('obey');
    await isFaking(job);
    expect(job.status).toEqual({ state: 'running', progress: { phase: 'faking', done: 1, total: 2 } });
    expect(runner.running('gap').map(({ subject }) => subject)).toEqual(['obey']);
    expect(runner.running('promote')).toEqual([]);
    const again = () => runner.start('promote', 'obey', { run: 'obey', sweep: null, name: 'm', alias: null });
    expect(again).toThrow('run obey is at work: its gap is being measured; try again when that has ended');
    expect(again).toThrow(expect.objectContaining({ kind: 'conflict' }));
    expect((await runner.start('gap', 'other', { run: 'other', retrain: 0 }).ended).state).toBe('finished');
    expect(job.status.state).toBe('running');
    await runner.cancel('gap', 'obey');
    expect(runner.start('gap', 'obey', { run: 'obey', retrain: 0 })).not.toBe(job);
    expect(runner.find('gap', 'obey')?.status.state).toBe('running');
  });
});

describe('a job that is cancelled', () => {
  it('ends by itself, unless it has just finished', async () => {
    // As long as a busy machine may take for an answer.
    runner = new JobRunner({ runsDir: 'runs', module, graceMs: 20_000 });
    const runs = ['obey', 'just done'];
    const jobs = runs.map(start);
    await Promise.all(jobs.map(isFaking));
    const ended = await Promise.all(runs.map((run) => runner.cancel('gap', run)));
    expect(ended.map(({ state }) => state)).toEqual(['cancelled', 'finished']);
    expect(jobs.map(({ status }) => status)).toEqual(ended);
    expect(runner.running()).toEqual([]);
  });

  it('is ended after a while where it does not listen', async () => {
    const job = start('deaf');
    await isFaking(job);
    expect(await runner.cancel('gap', 'deaf')).toEqual({ state: 'cancelled' });
    expect(job.status).toEqual({ state: 'cancelled' });
    expect(runner.running()).toEqual([]);
  });

  it('must run', async () => {
    const message = 'nothing to cancel: no measurement of the gap of run none is under way';
    await expect(runner.cancel('gap', 'none')).rejects.toMatchObject({ kind: 'not-found', message });
    await expect(runner.cancel('promote', 'none')).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('the jobs of a program', () => {
  it('end with it, though it is killed', async () => {
    const program = new URL('./support/job-parent.ts', import.meta.url);
    const parent = fork(fileURLToPath(program), {
      execArgv: argumentsFor(program),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [pid] = (await once(parent, 'message')) as [number];
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitUntil(() => !isAlive(pid), { timeout: 120_000 });
  });

  it('end when it closes them', async () => {
    const job = start('deaf');
    await isFaking(job);
    await runner.close();
    expect(job.status.state).toBe('cancelled');
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
