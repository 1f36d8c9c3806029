import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@thaw/base';
import { figuresBehind } from '@thaw/experiment';
import { openStore, type SweepRecord } from '@thaw/tracking';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram, startProgramIn, type Program } from './support/program.ts';

const experiment = `
name: tiny
dataset: {source: synthetic-smear, train_sources_per_class: 2, test_sources_per_class: 2, images_per_source: 5}
model: {alpha: 0.35, image_size: 32, weights: random}
training: {epochs: 2}
parameters:
  model.scenario: {values: [feature_extraction, partial_unfreeze]}
  model.head_units: {values: [4, 8]}
  training.seed: {values: [1, 2]}
`;
let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-sweep-'));
  file = join(folder, 'tiny.yaml');
  writeFileSync(file, experiment);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Waits until standard error says something, or the program has ended. */
async function said(program: Program, pattern: RegExp): Promise<void> {
  let over = false;
  void program.ended.then(() => (over = true));
  while (!over && !pattern.test(program.output.stderr)) await sleep(20);
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** What must be equal between two runs of the same experiment: everything but identities and times. */
async function results(runsDir: string) {
  const store = openStore(runsDir);
  const { trials } = await store.sweep('latest');
  return Promise.all(
    trials.map(async ({ number, run, state, parameters, summary }) => ({
      number,
      state,
      parameters,
      summary,
      epochs: (await store.metrics(run!)).map((record) => ({
        epoch: record.epoch,
        ...figuresBehind('', record),
        ...figuresBehind('val_', record),
      })),
      predictions: [
        ...(await store.predictions(run!, 'validation')),
        ...(await store.predictions(run!, 'test')),
      ],
    })),
  );
}

/** The fold that any trial of the newest sweep is in; 0 before the first epoch. */
async function foldReached(runsDir: string): Promise<number> {
  const store = openStore(runsDir);
  const { trials } = await store.sweep('latest').catch(() => ({ trials: [] }));
  const metrics = await Promise.all(trials.map(({ run }) => (run === null ? [] : store.metrics(run))));
  return Math.max(0, ...metrics.flat().map(({ fold }) => fold ?? 0));
}

describe('a sweep from the command line', () => {
  it('ends trials early where others do better, evaluated like any other, and counts drawn values from the seed', async () => {
    const drawn = join(folder, 'drawn.yaml');
    writeFileSync(
      drawn,
      experiment.replace(/training: [\s\S]*/, '') +
        `training: {epochs: 6, early_stopping: false}
method: random
metric: {name: val_loss}
run_cap: 5
early_terminate: {type: asha, min_iter: 1, eta: 3}
parameters:
  learning_rate: {distribution: log_uniform_values, min: 0.0001, max: 0.1}
`,
    );
    const runsDir = join(folder, 'early');
    const sweep = startProgram('sweep', '--config', drawn, '--runs-dir', runsDir, '--workers', '1');
    expect(await sweep.ended, sweep.output.stderr).toBe(0);
    const trials = await results(runsDir);
    expect(trials).toHaveLength(5);
    const pruned = trials.filter(({ state }) => state === 'pruned');
    expect(pruned.length).toBeGreaterThan(0);
    for (const { epochs, summary, predictions } of pruned) {
      expect([1, 3]).toContain(epochs.length);
      expect(summary).toMatchObject({ epochs: epochs.length, best_epoch: epochs.length });
      expect(predictions.length).toBeGreaterThan(0);
    }
    for (const { epochs } of trials.filter(({ state }) => state === 'finished'))
      expect(epochs).toHaveLength(6);

    // Killed on the way, it comes to the same.
    const again = join(folder, 'again');
    let next = ['--config', drawn];
    for (const pattern of [/^trial 0 /m, /^trial 2 /m]) {
      const killed = startProgram('sweep', ...next, '--runs-dir', again, '--workers', '1');
      await said(killed, pattern);
      killed.process.kill('SIGKILL');
      expect(await killed.ended, killed.output.stderr).toBe('SIGKILL');
      next = ['--resume', 'latest'];
    }
    const last = startProgram('sweep', ...next, '--runs-dir', again, '--workers', '1');
    expect(await last.ended, last.output.stderr).toBe(0);
    expect(await results(again)).toEqual(trials);
  });

  it('deals the same folds with one worker and with two, and goes on within them when it is killed', async () => {
    const folds = join(folder, 'folds.yaml');
    writeFileSync(
      folds,
      experiment.replace('per_class: 2, test', 'per_class: 4, test').replace(/training: [\s\S]*/, '') +
        `split: {strategy: grouped, folds: 3}
training: {epochs: 8, early_stopping: false}
parameters: {model.head_units: {values: [4, 8]}}
`,
    );
    const [one, two] = [join(folder, 'folds-one'), join(folder, 'folds-two')];
    const first = startProgram('sweep', '--config', folds, '--runs-dir', one, '--workers', '1');
    expect(await first.ended, first.output.stderr).toBe(0);
    const expected = await results(one);
    for (const { summary, epochs } of expected) {
      expect(summary!.folds).toHaveLength(3);
      expect(epochs).toHaveLength(24);
    }

    const env = { ...process.env, THAW_CHECKPOINT_SECONDS: '0' };
    const killed = startProgramIn(env, 'sweep', '--config', folds, '--runs-dir', two, '--workers', '2');
    let over = false;
    void killed.ended.then(() => (over = true));
    while (!over && (await foldReached(two)) < 2) await sleep(20);
    killed.process.kill('SIGKILL');
    expect(await killed.ended, killed.output.stderr).toBe('SIGKILL');
    const resumed = startProgramIn(env, 'sweep', '--resume', 'latest', '--runs-dir', two, '--workers', '2');
    expect(await resumed.ended, resumed.output.stderr).toBe(0);
    expect(await results(two)).toEqual(expected);
  });

  it('gives the same metrics and predictions with one worker and with two', async () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    const output = join(folder, 'one.json');
    const first = startProgram('sweep', '--config', file, '--runs-dir', one, '--output', output);
    expect(await first.ended, first.output.stderr).toBe(0);
    const second = startProgram('sweep', '--config', file, '--runs-dir', two, '--workers', '2');
    expect(await second.ended, second.output.stderr).toBe(0);

    const expected = await results(one);
    expect(expected).toHaveLength(8);
    expect(expected.every((trial) => trial.state === 'finished' && trial.epochs.length === 2)).toBe(true);
    expect(new Set(expected.map(({ summary }) => summary?.train_loss)).size).toBeGreaterThan(4);
    expect(await results(two)).toEqual(expected);

    const document = read(output) as { best: number; trials: { summary: Record<string, number> }[] };
    expect(Object.keys(document)).toEqual([
      ...['sweep', 'name', 'state', 'engine', 'seconds', 'best', 'trials', 'leakage'],
      ...['forecast', 'test', 'openings'],
    ]);
    expect(document).toMatchObject({ name: 'tiny', state: 'finished', engine: 'onnx' });
    for (const { summary } of document.trials) {
      expect(summary.gap).toBeCloseTo(summary.val_accuracy! - summary.test_accuracy!, 12);
    }
    const best = Math.max(...document.trials.map(({ summary }) => summary.val_accuracy!));
    expect(document.trials[document.best]!.summary.val_accuracy).toBe(best);
    expect(first.output.stdout).toContain('validation minus test');
  });

  it('survives being killed at ten random moments, and a resumed sweep runs exactly what is missing', async () => {
    const runsDir = join(folder, 'killed');
    const random = new Random('killed at random moments');
    const finished = new Map<string, string>();
    let unfinished: string | null = null;
    let interruptions = 0;

    for (let kill = 0; kill < 10; kill++) {
      const what = unfinished === null ? ['--config', file] : ['--resume', unfinished];
      const program = startProgram('sweep', ...what, '--runs-dir', runsDir, '--workers', '2');
      await said(program, /^Sweep /m);
      await sleep(random.uniform(0, 2000));
      program.process.kill('SIGKILL');
      const end = await program.ended;

      const store = openStore(runsDir);
      const { runs, damaged } = await store.runs();
      expect(damaged).toEqual([]);
      expect((await store.sweeps()).damaged).toEqual([]);
      for (const run of runs) {
        expect(() => read(join(runsDir, 'runs', run.id, 'run.json'))).not.toThrow();
        await store.metrics(run.id);
      }
      const sweep = await store.sweep('latest');
      expect(keepsFinished(sweep, finished)).toBe(true);
      // A kill may come when all is written and the program has only to say so.
      if (end !== 'SIGKILL') expect([end, sweep.state], program.output.stderr).toEqual([0, 'finished']);
      if (sweep.state === 'finished') {
        unfinished = null;
        finished.clear();
      } else {
        expect(sweep.state).toBe('interrupted');
        interruptions++;
        unfinished = sweep.id;
      }
    }
    expect(interruptions).toBeGreaterThan(0);

    const last = startProgram(
      'sweep',
      ...(unfinished === null ? ['--config', file] : ['--resume', unfinished]),
      '--runs-dir',
      runsDir,
    );
    expect(await last.ended, last.output.stderr).toBe(0);
    const sweep = await openStore(runsDir).sweep('latest');
    expect(keepsFinished(sweep, finished)).toBe(true);
    expect(sweep.trials.map(({ number, state }) => ({ number, state }))).toEqual(
      Array.from({ length: 8 }, (_, number) => ({ number, state: 'finished' })),
    );
    expect(new Set(sweep.trials.map(({ parameters }) => JSON.stringify(parameters))).size).toBe(8);
    if (existsSync(join(folder, 'one'))) {
      const byParameters = (trials: Awaited<ReturnType<typeof results>>) =>
        new Map(trials.map(({ parameters, summary }) => [JSON.stringify(parameters), summary]));
      expect(byParameters(await results(runsDir))).toEqual(byParameters(await results(join(folder, 'one'))));
    }
  });

  it('ends with exit code 130 on Ctrl-C, which may come twice, and says how to go on', async () => {
    const runsDir = join(folder, 'stopped');
    const program = startProgram(
      'sweep',
      '--config',
      file,
      '--runs-dir',
      runsDir,
      '--workers',
      '1',
      '--set',
      'training.epochs=100000',
      '--set',
      'training.early_stopping=false',
    );
    await said(program, /^Sweep /m);
    const store = openStore(runsDir);
    while ((await store.runs()).runs.length === 0) await sleep(50);
    program.process.kill('SIGINT');
    await sleep(20);
    program.process.kill('SIGINT');
    expect(await program.ended, program.output.stderr).toBe(130);
    const sweep = await store.sweep('latest');
    expect(sweep.state).toBe('interrupted');
    expect(sweep.trials.map(({ state }) => state)).toEqual(['interrupted']);
    expect(program.output.stderr).toContain(
      `8 trials are still to run. To go on: npx nx run sweep --resume ${sweep.id} --runs-dir ${runsDir}`,
    );

    // As `sweeps stop` asks, from elsewhere.
    const resumed = startProgram('sweep', '--resume', 'latest', '--runs-dir', runsDir);
    await said(resumed, /^Sweep /m);
    const request = await store.requestStop('latest');
    expect(await resumed.ended, resumed.output.stderr).toBe(130);
    expect(await request.isHeard()).toBe(true);
    expect((await store.sweep('latest')).state).toBe('interrupted');
  });
});

/** Whether all trials that had finished before still have their runs; remembers those that have finished now. */
function keepsFinished(sweep: SweepRecord, finished: Map<string, string>): boolean {
  const now = new Map(
    sweep.trials
      .filter((trial) => trial.state === 'finished')
      .map((trial) => [`${sweep.id} ${trial.number}`, trial.run!]),
  );
  const kept = [...finished].every(([trial, run]) => now.get(trial) === run);
  for (const [trial, run] of now) finished.set(trial, run);
  return kept;
}
