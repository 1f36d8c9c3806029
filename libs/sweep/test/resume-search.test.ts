import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@thaw/base';
import { settingsSchema, type EarlyTermination, type Experiment, type Method } from '@thaw/experiment';
import { createPruner, createSampler } from '@thaw/search';
import { openStore, type RunStore, type SweepWriter } from '@thaw/tracking';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Executor, TrialJob } from '../src/executors/executor.ts';
import { knownReports } from '../src/known-reports.ts';
import { trialJobs } from '../src/begin/trial-jobs.ts';
import { runTrials } from '../src/run-trials.ts';
import { epoch, summary } from './support/fixtures.ts';
import { provenance } from './chaos/trivial-records.ts';

const trials = 15;
const epochs = 9;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-search-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function experiment(method: Method, early_terminate: EarlyTermination): Experiment {
  return {
    file: 'x.yaml',
    name: 'x',
    description: null,
    settings: settingsSchema.parse({}),
    method,
    metric: { name: 'val_accuracy', goal: 'maximize', target: null },
    parameters: {
      'training.learning_rate': { distribution: 'log_uniform_values', min: 1e-4, max: 0.1 },
      'training.optimizer': { values: ['adam', 'sgd'] },
    },
    run_cap: trials,
    early_terminate,
    test: 'each',
    notes: [],
    text: '',
    set: [],
  };
}

/** What trials come to, whoever runs them and whenever: validation accuracy after each epoch, the epoch in which some fail. */
function fateOf({ parameters }: TrialJob): { curve: number[]; failsIn: number } {
  const random = new Random('fate', JSON.stringify(parameters));
  const best = random.uniform();
  const curve = Array.from(
    { length: epochs },
    (_, i) => best * (1 - 0.7 ** (i + 1)) + random.uniform(0, 0.1),
  );
  return { curve, failsIn: random.uniform() < 0.1 ? 1 + random.int(epochs) : Number.POSITIVE_INFINITY };
}

/** Runs trials of known fates, each recorded as a real one is, until `cut` epochs are over; `checkpoints` outlive it. */
class CutExecutor implements Executor {
  readonly workers = 1;
  readonly #store: RunStore;
  readonly #abort: AbortController;
  readonly #checkpoints: Map<number, number>;
  #left: number;

  constructor(store: RunStore, cut: number, abort: AbortController, checkpoints: Map<number, number>) {
    this.#store = store;
    this.#left = cut;
    this.#abort = abort;
    this.#checkpoints = checkpoints;
  }

  async run(
    job: TrialJob,
    observe: Parameters<Executor['run']>[1],
    prune: Parameters<Executor['run']>[2],
  ): ReturnType<Executor['run']> {
    const { sweep, number, parameters, settings } = job;
    const { curve, failsIn } = fateOf(job);
    const run = await this.#store.createRun({ sweep, number, parameters, settings, provenance });
    observe({ type: 'run', run: run.id }, 0);
    const known = this.#checkpoints.get(number) ?? 0;
    for (const [i, val_accuracy] of curve.entries()) {
      const record = { ...epoch(i + 1, 1), val_accuracy };
      const isKnown = i < known;
      if (!isKnown && this.#left-- <= 0) {
        this.#abort.abort();
        await run.interrupt();
        return { state: 'interrupted' };
      }
      if (i + 1 === failsIn) {
        await run.fail('by fate');
        return { state: 'failed', error: 'by fate' };
      }
      run.logEpoch(record);
      observe({ type: 'epoch', record }, 0);
      if (isKnown) continue;
      const result = summary(Math.max(...curve.slice(0, i + 1)), 0.5, { epochs: i + 1 });
      const isLast = i + 1 === epochs;
      if (isLast || (await prune?.(record))) {
        await (isLast ? run.finish(result, []) : run.prune(result, []));
        return { state: isLast ? 'finished' : 'pruned', summary: result };
      }
      // Not after every epoch, as a checkpoint costs time.
      if (i % 2 === 1) this.#checkpoints.set(number, i + 1);
    }
    throw new Error('unreachable');
  }

  resize = () => undefined;
  stopTrial = () => undefined;
  stop = () => undefined;
  kill = () => undefined;
  close = () => Promise.resolve();
}

async function session(
  store: RunStore,
  used: Experiment,
  writer: SweepWriter,
  cut: number,
  checkpoints: Map<number, number>,
): Promise<void> {
  const known = (await store.sweep(writer.id)).trials;
  const abort = new AbortController();
  await runTrials({
    experiment: used,
    sampler: createSampler(used.method, used.parameters, { seed: 42, goal: 'maximize' }),
    executor: new CutExecutor(store, cut, abort, checkpoints),
    writer,
    pruner: createPruner(used.early_terminate!, 'maximize'),
    known,
    knownReports: await knownReports(store, used, known),
    isOver: () => false,
    maxTrials: Number.POSITIVE_INFINITY,
    retry: 0,
    jobOf: trialJobs({
      experiment: used,
      sweep: writer.id,
      directory: process.cwd(),
      engine: 'onnx',
      device: 'cpu',
      workers: 1,
      runsDir: folder,
    }),
    listener: {
      event: () => undefined,
      ended: () => undefined,
      note: () => undefined,
    },
    signal: abort.signal,
  });
  await writer.finish(abort.signal.aborted ? 'interrupted' : 'finished');
}

/** What a sweep comes to that is stopped after so many epochs of each session, and then runs to its end. */
async function sweepWith(used: Experiment, cuts: readonly number[]) {
  const store = openStore(folder);
  const checkpoints = new Map<number, number>();
  let writer = await store.createSweep({
    ...used,
    experimentText: '',
    experimentFile: 'x.yaml',
    engine: 'onnx',
    workers: 1,
  });
  const { id } = writer;
  for (const cut of cuts) {
    await session(store, used, writer, cut, checkpoints);
    writer = await store.resumeSweep(id);
  }
  await session(store, used, writer, Number.POSITIVE_INFINITY, checkpoints);
  const sweep = await store.sweep(id);
  return Promise.all(
    sweep.trials.map(async ({ number, parameters, state, summary: result, error, run }) => ({
      number,
      parameters,
      state,
      result,
      error,
      curve: (await store.metrics(run!)).map(({ val_accuracy }) => val_accuracy),
    })),
  );
}

it('a resumed sweep proposes and ends early what an uninterrupted one does, wherever it was cut', async () => {
  const rules = fc.constantFrom<EarlyTermination>(
    { type: 'asha', min_iter: 1, eta: 2 },
    { type: 'hyperband', min_iter: 2, eta: 2, strict: true },
    { type: 'hyperband', min_iter: 1, eta: 3, strict: false },
    { type: 'median', min_iter: 2, min_trials: 3 },
  );
  const cuts = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 5 });
  let pruned = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Method>('random', 'bayes'),
      rules,
      cuts,
      async (method, rule, points) => {
        const used = experiment(method, rule);
        const expected = await sweepWith(used, []);
        expect(expected).toHaveLength(trials);
        pruned += expected.filter(({ state }) => state === 'pruned').length;
        expect(await sweepWith(used, points)).toEqual(expected);
      },
    ),
    { numRuns: 8 },
  );
  expect(pruned).toBeGreaterThan(8);
});
