import { settingsSchema, type Experiment, type ParameterValues, type TrialState } from '@thaw/experiment';
import { createPruner, createSampler, type Pruner } from '@thaw/search';
import type { TrialRecord } from '@thaw/tracking';
import { describe, expect, it } from 'vitest';
import type { Executor, TrialJob, TrialOutcome } from '../src/executors/executor.ts';
import type { SweepListener } from '../src/sweep-listener.ts';
import { countTrialsLeft } from '../src/begin/count-trials.ts';
import { trialJobs } from '../src/begin/trial-jobs.ts';
import type { Retry } from '../src/retry.ts';
import { runTrials } from '../src/run-trials.ts';
import { epoch, summary, trial } from './support/fixtures.ts';

const path = 'model.head_units';
const silent: SweepListener = {
  event: () => undefined,
  ended: () => undefined,
  note: () => undefined,
};

function experiment(values: number[], runCap: number | null = null): Experiment {
  return {
    file: 'x.yaml',
    name: 'x',
    description: null,
    settings: settingsSchema.parse({}),
    method: 'grid',
    metric: { name: 'val_accuracy', goal: 'maximize', target: null },
    parameters: { [path]: { values } },
    run_cap: runCap,
    early_terminate: null,
    test: 'each',
    notes: [],
    text: '',
    set: [],
  };
}

interface Session {
  values: number[];
  runCap?: number;
  known?: TrialRecord[];
  maxTrials?: number;
  retry?: Retry;
  workers?: number;
  outcome?: (job: TrialJob, attempt: number) => TrialOutcome;
  /** Stops the sweep after so many trials. */
  stopAfter?: number;
  /** Validation accuracy after each epoch of a trial; it is asked after each but the last. */
  curve?: (number: number) => number[];
  pruner?: Pruner;
  target?: number;
  isOver?: () => boolean;
  addTrial?: (number: number) => void;
  stop?: () => void;
}

async function session({
  values,
  runCap,
  known = [],
  maxTrials,
  retry = 0,
  workers = 2,
  outcome,
  stopAfter,
  curve = () => [],
  pruner,
  target,
  isOver = () => false,
  addTrial = () => undefined,
  stop = () => undefined,
}: Session) {
  const jobs: { number: number; value: unknown }[] = [];
  const added: number[] = [];
  const updates: [number, object][] = [];
  const abort = new AbortController();
  let running = 0;
  let most = 0;
  const executor: Executor = {
    workers,
    async run(job, observe, prune) {
      jobs.push({ number: job.number, value: job.settings.model.head_units });
      most = Math.max(most, ++running);
      observe({ type: 'run', run: `new-${job.number}` }, 0);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running--;
      const accuracies = curve(job.number);
      for (const [i, val_accuracy] of accuracies.entries()) {
        const record = { ...epoch(i + 1, 1), val_accuracy };
        observe({ type: 'epoch', record }, 0);
        if (i < accuracies.length - 1 && (await prune?.(record))) {
          return {
            state: 'pruned',
            summary: summary(Math.max(...accuracies.slice(0, i + 1)), 0.5, { epochs: i + 1 }),
          };
        }
      }
      if (jobs.length === stopAfter) abort.abort();
      return (
        outcome?.(job, jobs.filter(({ number }) => number === job.number).length) ?? {
          state: 'finished',
          summary: summary(0.9, 0.5),
        }
      );
    },
    resize: () => undefined,
    stopTrial: () => undefined,
    stop,
    kill: () => undefined,
    close: () => Promise.resolve(),
  };
  const base = experiment(values, runCap);
  const used = { ...base, metric: { ...base.metric, target: target ?? null } };
  await runTrials({
    experiment: used,
    sampler: createSampler('grid', used.parameters, { seed: 1, goal: 'maximize' }),
    executor,
    writer: {
      id: 'sweep',
      addTrial: async ({ number }) => {
        addTrial(number);
        await Promise.resolve(added.push(number));
      },
      updateTrial: (number, patch) => Promise.resolve(void updates.push([number, patch])),
    },
    pruner: pruner ?? null,
    known,
    knownReports: new Map(),
    isOver,
    maxTrials: maxTrials ?? Number.POSITIVE_INFINITY,
    retry,
    jobOf: trialJobs({
      experiment: used,
      sweep: 'sweep',
      directory: process.cwd(),
      engine: 'onnx',
      device: 'cpu',
      workers,
      runsDir: 'runs',
    }),
    listener: silent,
    signal: abort.signal,
  });
  return { jobs, added, updates, most };
}

const at = (value: number): ParameterValues => ({ [path]: value });

describe('running the trials of a sweep', () => {
  it('takes no further trial on any worker once one could not be recorded, and stops the others', async () => {
    const begun: number[] = [];
    let stops = 0;
    const addTrial = (number: number) => {
      begun.push(number);
      if (number === 2) throw new Error('ENOSPC');
    };
    const run = session({ values: [4, 8, 16, 32, 64], addTrial, stop: () => stops++ });
    await expect(run).rejects.toThrow('ENOSPC');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect([begun, stops]).toEqual([[0, 1, 2], 1]);
  });

  it('runs every point once, on all workers, in order', async () => {
    const { jobs, added, most } = await session({ values: [4, 8, 16] });
    expect(jobs).toEqual([
      { number: 0, value: 4 },
      { number: 1, value: 8 },
      { number: 2, value: 16 },
    ]);
    expect(added).toEqual([0, 1, 2]);
    expect(most).toBe(2);
  });

  it('goes on after a trial that was ended alone, and leaves it to a later session', async () => {
    const { jobs } = await session({
      values: [4, 8, 16],
      workers: 1,
      outcome: ({ number }) =>
        number === 0 ? { state: 'interrupted' } : { state: 'finished', summary: summary(1, 1) },
    });
    expect(jobs.map(({ number, value }) => [number, value])).toEqual([
      [0, 4],
      [1, 8],
      [2, 16],
    ]);
  });

  it('names the run of each trial and the reason of a failure, and goes on after it', async () => {
    const { jobs, updates } = await session({
      values: [4, 8],
      workers: 1,
      outcome: ({ number }) =>
        number === 0
          ? { state: 'failed', error: 'no memory' }
          : { state: 'finished', summary: summary(1, 1) },
    });
    expect(jobs).toHaveLength(2);
    expect(updates).toEqual([
      [0, { run: 'new-0' }],
      [0, { error: 'no memory' }],
      [1, { run: 'new-1' }],
    ]);
  });

  it.each([
    ['run_cap', { runCap: 2 }],
    ['--max-trials', { maxTrials: 2 }],
  ])('stops at %s', async (_, limit) => {
    expect((await session({ values: [4, 8, 16], ...limit })).jobs).toHaveLength(2);
  });

  it('goes on with what is missing: interrupted trials keep their number, failed ones are not run again', async () => {
    const known = [
      trial(0, { parameters: at(4) }),
      trial(1, { parameters: at(8), state: 'interrupted', summary: null }),
      trial(2, { parameters: at(16), state: 'failed', summary: null }),
    ];
    const { jobs, added } = await session({ values: [4, 8, 16, 32], known });
    expect(jobs).toEqual([
      { number: 1, value: 8 },
      { number: 3, value: 32 },
    ]);
    expect(added).toEqual([3]);
  });

  it('runs interrupted trials again even when run_cap is reached', async () => {
    const known = [
      trial(0, { parameters: at(4) }),
      trial(1, { parameters: at(8), state: 'interrupted', summary: null }),
    ];
    const { jobs } = await session({ values: [4, 8, 16], known, runCap: 2 });
    expect(jobs).toEqual([{ number: 1, value: 8 }]);
  });

  it('ends trials that do worse than others, and counts them as done', async () => {
    const lines: (number | undefined)[] = [];
    const { jobs } = await session({
      values: [4, 8, 16],
      workers: 1,
      curve: (number) => [0.5 - number / 10, 0.6, 0.7],
      pruner: {
        shouldPrune: (trial, trials) => {
          lines.push(trial.reports?.at(-1), trials.length);
          return createPruner({ type: 'asha', min_iter: 1, eta: 2 }, 'maximize').shouldPrune(trial, trials);
        },
      },
    });
    expect(jobs.map(({ number }) => number)).toEqual([0, 1, 2]);
    // The first goes on to its end; the others are asked once.
    expect(lines).toEqual([0.5, 1, 0.6, 1, 0.4, 2, 0.3, 3]);
  });

  it('begins no further trial once the target is reached, or its time is up', async () => {
    const reached = await session({ values: [4, 8, 16], workers: 1, target: 0.9 });
    expect(reached.jobs).toHaveLength(1);
    const missed = await session({ values: [4, 8, 16], workers: 1, target: 0.95 });
    expect(missed.jobs).toHaveLength(3);
    let asked = 0;
    const late = await session({ values: [4, 8, 16], workers: 1, isOver: () => ++asked > 2 });
    expect(late.jobs).toHaveLength(2);
  });

  it('starts nothing once it is stopped', async () => {
    const { jobs } = await session({
      values: [4, 8, 16],
      workers: 1,
      stopAfter: 1,
      outcome: () => ({ state: 'interrupted' }),
    });
    expect(jobs).toHaveLength(1);
  });
});

describe('a trial that fails', () => {
  const failed = { state: 'failed', error: 'killed' } as const;
  const finished = { state: 'finished', summary: summary(0.9, 0.5) } as const;

  it('runs again as often as retries allow, and the reason of each attempt is kept', async () => {
    const { jobs, updates } = await session({
      values: [4],
      retry: 2,
      outcome: (_, attempt) => (attempt < 3 ? { ...failed, error: `reason ${attempt}` } : finished),
    });
    expect(jobs).toHaveLength(3);
    const [first, second] = [1, 2].map((attempt) => ({ run: 'new-0', error: `reason ${attempt}` }));
    expect(updates.filter(([, patch]) => 'attempts' in patch)).toEqual([
      [0, { run: null, error: null, attempts: [first] }],
      [0, { run: null, error: null, attempts: [first, second] }],
    ]);
  });

  it('has failed for good when its attempts are used up, with the last reason', async () => {
    const { jobs, updates } = await session({ values: [4, 8], workers: 1, retry: 1, outcome: () => failed });
    expect(jobs.map(({ number }) => number)).toEqual([0, 0, 1, 1]);
    expect(updates.filter(([, patch]) => (patch as { error?: unknown }).error === 'killed')).toHaveLength(2);
  });

  it('does not run again where it would only fail again, until the sweep goes on', async () => {
    const permanent = { ...failed, permanent: true };
    const { jobs, updates } = await session({ values: [4], retry: 2, outcome: () => permanent });
    expect(jobs).toHaveLength(1);
    expect(updates.at(-1)).toEqual([0, { error: 'killed' }]);
    const known = [trial(0, { parameters: at(4), state: 'failed', error: 'killed', summary: null })];
    expect((await session({ values: [4], known, retry: 2, outcome: () => permanent })).jobs).toHaveLength(1);
  });

  it('has what attempts it had not used when the sweep goes on, and none more', async () => {
    const attempts = [{ run: 'old', error: 'first' }];
    const known = [
      trial(0, { parameters: at(4), state: 'failed', error: 'second', summary: null, attempts }),
      trial(1, { parameters: at(8), state: 'failed', error: 'first', summary: null }),
      trial(2, {
        parameters: at(16),
        state: 'failed',
        error: 'third',
        summary: null,
        attempts: [...attempts, ...attempts],
      }),
    ];
    const { jobs, updates } = await session({ values: [4, 8, 16], known, retry: 2, workers: 1 });
    expect(jobs.map(({ number }) => number)).toEqual([0, 1]);
    expect(updates[0]).toEqual([
      0,
      { run: null, error: null, attempts: [...attempts, { run: 'run-0', error: 'second' }] },
    ]);
  });

  it('has one more where all that have failed are retried, however often each had failed before', async () => {
    const attempts = [{ run: 'old', error: 'first' }];
    const of = (number: number, head: number, earlier: typeof attempts) =>
      trial(number, { parameters: at(head), state: 'failed', error: 'x', summary: null, attempts: earlier });
    const known = [of(0, 4, []), of(1, 8, [...attempts, ...attempts])];
    const options = { values: [4, 8, 16], known, workers: 1, outcome: () => failed };
    const { jobs } = await session({ ...options, retry: 'failed' });
    expect(jobs.map(({ number }) => number)).toEqual([0, 1, 2]);
  });
});

describe('how many trials are left', () => {
  const states = (...names: TrialState[]) =>
    names.map((state, number) => ({ number, state, summary: null, attempts: [] }));
  it.each([
    ['a fresh grid', experiment([1, 2, 3]), [], 99, 3],
    ['a capped one', experiment([1, 2, 3], 2), [], 99, 2],
    ['a limited session', experiment([1, 2, 3]), [], 1, 1],
    ['one with an interrupted trial', experiment([1, 2, 3]), states('finished', 'interrupted'), 99, 2],
    ['a complete one', experiment([1, 2]), states('finished', 'failed'), 99, 0],
    ['one that grew past its cap', experiment([1, 2, 3], 1), states('finished', 'finished'), 99, 0],
  ])('of %s', (_, given, known, maxTrials, left) => {
    expect(countTrialsLeft(given, known, { maxTrials, retry: 0 })).toBe(left);
  });
});

describe('a full disk', () => {
  it('ends the sweep with what to do, and leaves the trial to run again', async () => {
    const stopped = session({
      values: [8, 16, 32],
      workers: 1,
      outcome: (job) =>
        job.number === 1
          ? { state: 'interrupted', error: 'ENOSPC: no space left on device' }
          : { state: 'finished', summary: summary(0.9, 0.5) },
    });
    await expect(stopped).rejects.toMatchObject({
      message: expect.stringMatching(/cannot go on: ENOSPC/) as unknown,
      kind: 'full-disk',
    });
  });
});
