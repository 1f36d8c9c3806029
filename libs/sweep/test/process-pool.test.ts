import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TrialEvent, TrialJob, TrialOutcome } from '../src/executors/executor.ts';
import { ProcessPool } from '../src/executors/process-pool.ts';
import { executorContract, fakeJob as job } from './support/executor-contract.ts';

const module = new URL('./support/fake-trial-process.ts', import.meta.url);

const ignore = () => undefined;

/** The process that ran a trial, as the fake tells it. */
function processOf(events: readonly TrialEvent[]): string {
  const [event] = events;
  return event?.type === 'run' ? event.run.replace(/.*-of-/, '') : 'none';
}

executorContract(
  'a pool of processes',
  () => Promise.resolve(new ProcessPool<TrialJob>({ workers: 2, module })),
  job,
);

describe('a pool of trial processes', () => {
  let pool: ProcessPool;
  afterEach(async () => {
    pool.kill();
    await pool.close();
  });

  it('runs trials one after another in the same process and hands values over unchanged, NaN included', async () => {
    pool = new ProcessPool({ workers: 1, module });
    const events: TrialEvent[][] = [[], []];
    const outcomes = await Promise.all(
      [0, 1].map((number) => pool.run(job(number, 'finish'), (event) => events[number]!.push(event))),
    );
    expect(outcomes.map((outcome) => outcome.state)).toEqual(['finished', 'finished']);
    expect(outcomes[0]).toMatchObject({ summary: { train_loss: Number.NaN } });
    expect(processOf(events[0]!)).toBe(processOf(events[1]!));
  });

  it('sends groups once to each process for all trials that have the same', async () => {
    pool = new ProcessPool({ workers: 1, module: new URL('./support/groups-process.ts', import.meta.url) });
    const groupsOf = (images: number) =>
      Object.fromEntries(Array.from({ length: images }, (_, i) => [`image ${i}`, { photograph: 'one' }]));
    const many = groupsOf(1000);
    const told: [groups: number, bytes: number][] = [];
    for (const groups of [many, many, groupsOf(3), undefined, many]) {
      await pool.run({ ...job(told.length, 'finish'), groups }, (event) => {
        if (event.type === 'batch') told.push([event.done, event.total]);
      });
    }
    expect(told.map(([groups]) => groups)).toEqual([1000, 1000, 3, 0, 1000]);
    expect(told.map(([, bytes]) => bytes > 20_000)).toEqual([true, false, false, false, true]);
  }, 60_000);

  it.each([
    ['kill', /^the process was killed by SIGKILL \(the system does that when memory runs out\)$/],
    ['exit', /^the process ended with exit code 3$/],
    ['throw', /^the process ended with exit code 1: Error: the fake trial broke$/],
  ])('fails the trial whose process dies by "%s" and goes on with a fresh one', async (act, reason) => {
    pool = new ProcessPool({ workers: 1, module });
    const outcomes = await Promise.all(
      [act, 'finish', act, 'finish'].map((name, number) => pool.run(job(number, name), ignore)),
    );
    expect(outcomes.map((outcome) => outcome.state)).toEqual(['failed', 'finished', 'failed', 'finished']);
    expect(outcomes[0]).toMatchObject({ error: expect.stringMatching(reason) as string });
  });

  it('fails a trial whose process cannot be loaded', async () => {
    pool = new ProcessPool({ workers: 1, module: new URL('./support/no-such-file.ts', import.meta.url) });
    expect(await pool.run(job(0, 'finish'), ignore)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('no-such-file.ts') as string,
    });
  });

  // A busy machine lets a process wait, too: each case has patience with what it does not test.
  const silent = { silenceMs: 1000, standstillMs: 60_000 };
  const still = { silenceMs: 20_000, standstillMs: 4000 };
  it.each([
    ['has a blocked event loop', 'hang', silent, 'it gave no sign of life for 1 s'],
    ['is stopped', 'freeze', silent, 'it gave no sign of life for 1 s'],
    ['lives but makes no step', 'idle', still, 'it made no progress for 4 s'],
  ])('fails the trial whose process %s, and goes on with a fresh one', async (_, act, patience, reason) => {
    pool = new ProcessPool({ workers: 1, module, patience });
    const error = `${reason}, so its process was ended`;
    const outcomes = [pool.run(job(0, act), ignore), pool.run(job(1, 'finish'), ignore)];
    expect(await Promise.all(outcomes)).toMatchObject([{ state: 'failed', error }, { state: 'finished' }]);
  });

  it('runs more at once, or fewer, from when it is told, and stops a trial that waits', async () => {
    pool = new ProcessPool({ workers: 1, module });
    const begun = new Set<number>();
    const run = (number: number, act: string) => pool.run(job(number, act), () => begun.add(number));
    const outcomes = [0, 1, 2].map((number) => run(number, 'wait'));
    await vi.waitUntil(() => begun.has(0), { timeout: 120_000 });
    pool.resize(2);
    await vi.waitUntil(() => begun.has(1), { timeout: 120_000 });
    expect([pool.workers, begun.has(2)]).toEqual([2, false]);
    pool.stopTrial({ sweep: 'sweep', number: 2 });
    expect(await outcomes[2]).toEqual({ state: 'interrupted' });
    pool.resize(1);
    pool.stopTrial({ sweep: 'sweep', number: 1 });
    expect(await outcomes[1]).toEqual({ state: 'interrupted' });
    const waits = run(3, 'finish');
    pool.stopTrial({ sweep: 'sweep', number: 0 });
    expect([await outcomes[0], (await waits).state]).toEqual([{ state: 'interrupted' }, 'finished']);
    expect(begun).toEqual(new Set([0, 1, 3]));
  });

  it('has interrupted what runs and what waits when it is closed, and starts no process for more', async () => {
    pool = new ProcessPool({ workers: 1, module });
    let told: () => void = ignore;
    const begun = new Promise<void>((resolve) => (told = resolve));
    const outcomes = [pool.run(job(0, 'wait'), told), pool.run(job(1, 'finish'), ignore)];
    await begun;
    await pool.close();
    outcomes.push(pool.run(job(2, 'finish'), ignore));
    expect(await Promise.all(outcomes)).toEqual(outcomes.map(() => ({ state: 'interrupted' })));
  });

  it('has interrupted a trial that hangs when it is stopped', async () => {
    pool = new ProcessPool({ workers: 1, module, patience: { silenceMs: 1000, standstillMs: 60_000 } });
    let told: () => void = ignore;
    const begun = new Promise<void>((resolve) => (told = resolve));
    const outcome = pool.run(job(0, 'hang'), told);
    await begun;
    pool.stop();
    expect(await outcome).toEqual({ state: 'interrupted' });
  });

  it('fills all its workers, keeps further trials waiting, and ends everything at once when it is killed', async () => {
    const outcomes: Promise<TrialOutcome>[] = [];
    pool = new ProcessPool({ workers: 2, module });
    const begun: number[] = [];
    const both = new Promise<void>((resolve) => {
      for (const number of [0, 1, 2]) {
        outcomes.push(
          pool.run(job(number, 'hang'), (_, worker) => {
            begun.push(worker);
            if (begun.length === 2) resolve();
          }),
        );
      }
    });
    await both;
    pool.kill();
    expect(await Promise.all(outcomes)).toEqual(outcomes.map(() => ({ state: 'interrupted' })));
    expect(begun.sort()).toEqual([0, 1]);
  });
});
