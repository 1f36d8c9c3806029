import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@thaw/tracking';
import { afterAll, describe, expect, it } from 'vitest';
import type { ProgramJob, TrialEvent } from '../src/executors/executor.ts';
import { executeProgram, type ExecuteProgramOptions } from '../src/executors/program/execute-program.ts';
import { provenance } from './chaos/trivial-records.ts';
import { programJob } from './support/program-job.ts';

const runsDir = mkdtempSync(join(tmpdir(), 'thaw-program-'));
afterAll(() => {
  rmSync(runsDir, { recursive: true, force: true });
});

async function execute(
  act: string,
  { changes = {}, ...options }: Partial<ExecuteProgramOptions> & { changes?: Partial<ProgramJob> } = {},
) {
  const events: TrialEvent[] = [];
  const outcome = await executeProgram(
    { ...programJob(0, act, runsDir), ...changes },
    {
      provenance,
      signal: new AbortController().signal,
      send: (event) => events.push(event),
      started: () => undefined,
      ...options,
    },
  );
  const store = openStore(runsDir);
  const [first] = events;
  const id = first?.type === 'run' ? first.run : '';
  const folder = join(runsDir, 'runs', id);
  const log = readFileSync(join(folder, 'log.txt'), 'utf8');
  return { outcome, events, run: await store.run(id), metrics: await store.metrics(id), log, folder };
}

describe('a program of the user', () => {
  it('has its reports and its output kept, and its last values are what the trial came to', async () => {
    const { outcome, run, metrics, log, events } = await execute('rubbish');
    expect(outcome).toMatchObject({ state: 'finished', summary: { epochs: 2, val_accuracy: 0.5 } });
    expect(run).toMatchObject({ state: 'finished', settings: null, parameters: { act: 'rubbish' } });
    expect(metrics.map(({ epoch, val_accuracy }) => [epoch, val_accuracy])).toEqual([
      [0, 0.25],
      [1, 0.5],
    ]);
    // The search counts reports from 1, whatever the program calls its steps.
    expect(events.flatMap((event) => (event.type === 'epoch' ? [event.record.epoch] : []))).toEqual([1, 2]);
    expect(log).toMatch(/ thaw step=0 val_accuracy=0\.25\n\S+ 100 %\n\S+ thaw step=1 val_accuracy=\.5\n$/);
  });

  it('may report over HTTP, metrics of any names, and hears there what is wrong with a report', async () => {
    const { outcome, metrics, log, folder } = await execute('http');
    expect(outcome).toMatchObject({
      state: 'finished',
      summary: { val_accuracy: 0.5, 'val accuracy, %': 50 },
    });
    expect(metrics).toMatchObject([{ epoch: 7, 'val accuracy, %': 50 }]);
    expect(log).toContain(' 204 400 found val_accuracy with "high"; allowed: a number\n');
    const files = readdirSync(folder).filter((name) => name !== 'system.jsonl');
    expect(files.sort()).toEqual(['log.txt', 'metrics.jsonl', 'run.json']);
  });

  it('gets its parameters as arguments and in its environment, nested as the file has them', async () => {
    const parameters = { act: 'environment', 'optimizer.lr': 1e-7, 'a.b': [1, true] };
    const paths = { act: ['act'], 'optimizer.lr': ['optimizer', 'lr'], 'a.b': ['a.b'] };
    const { program } = programJob(0, '', runsDir);
    const { log } = await execute('', { changes: { parameters, program: { ...program, paths } } });
    expect(log).toContain(
      `{"act":"environment","optimizer":{"lr":1e-7},"a.b":[1,true]} --act=environment --optimizer={'lr': 1e-7} --a.b=[1, True]\n`,
    );
  });

  it('may bring predictions with groups, whose figures then are those of its run', async () => {
    const { outcome, run } = await execute('predict');
    expect(outcome).toMatchObject({
      state: 'finished',
      summary: { val_accuracy: 0.5, test_accuracy: 1, gap: -0.5 },
    });
    expect(run).toMatchObject({ classes: ['A', 'B'], sealed: false });
    const store = openStore(runsDir);
    expect(await store.predictions(run.id, 'test')).toEqual([
      { file: '3.png', label: 'B', predicted: 'B', probabilities: [0, 1] },
      { file: '4.png', label: 'A', predicted: 'A', probabilities: [0.9, 0.1] },
    ]);
    expect((await store.groups(run.id))?.images).toContainEqual({
      path: '2.png',
      split: 'validation',
      class: 'B',
      group: 'a',
    });
  });

  const cases: [act: string, error: RegExp, permanent: boolean][] = [
    ['exit', /^the process ended with exit code 3$/, false],
    ['kill', /^the process was killed by SIGKILL/, false],
    ['throw', /^the process ended with exit code 1: Error: the data are gone$/, false],
    ['silent', /^it never reported val_accuracy, the metric of this sweep, but no metric at all$/, true],
    [
      'other',
      /^it never reported val_accuracy, the metric of this sweep, but val_acuracy alone; did you mean val_acuracy\?$/,
      true,
    ],
    ['nan', /^it ended with val_accuracy \.nan, which is no number to compare trials by$/, true],
    [
      'broken',
      /^line 2 of its output: found "val_accuracy=0\.5%"; allowed: thaw step=1 NAME=NUMBER \.\.\.$/,
      true,
    ],
    [
      'back',
      /^line 2 of its output: found step 1 after step 2; allowed: steps that never go back, or no step$/,
      true,
    ],
  ];
  it.each(cases)('fails where it does "%s", and the run says why', async (act, error, permanent) => {
    const { outcome, run } = await execute(act);
    expect(outcome).toMatchObject({ state: 'failed', error: expect.stringMatching(error) as string });
    expect('permanent' in outcome && outcome.permanent).toBe(permanent);
    expect(run).toMatchObject({ state: 'failed', error: expect.stringMatching(error) as string });
  });

  it('fails where there is nothing to start', async () => {
    const { program } = programJob(0, '', runsDir);
    const changes = { program: { ...program, command: ['no-such-command'] } };
    const { outcome } = await execute('', { changes });
    expect(outcome).toMatchObject({
      state: 'failed',
      permanent: true,
      error: expect.stringMatching(/^it could not be started: .*ENOENT/) as string,
    });
  });

  it.each(['reports', 'draws'])('lives on where it %s alone, and ends no line', async (act) => {
    const { outcome } = await execute(act, { changes: { patienceMs: 3000 } });
    expect(outcome).toMatchObject({ state: 'finished', summary: { val_accuracy: 0.5 } });
  });

  it('is ended where it writes nothing for long, by force where it does not listen', async () => {
    const { outcome, run } = await execute('hang', { changes: { patienceMs: 500, graceMs: 50 } });
    const error = 'it wrote and reported nothing for 0.5 s (THAW_PROGRAM_PATIENCE_SECONDS), so it was ended';
    expect(outcome).toMatchObject({ state: 'failed', error });
    expect(run).toMatchObject({ state: 'failed', error });
  });

  it('is ended as pruned where the sweep says so after a report, with what it had reported', async () => {
    const asked: number[] = [];
    const prune = ({ val_accuracy }: { val_accuracy: number }) =>
      Promise.resolve(asked.push(val_accuracy) === 1);
    const { outcome, run } = await execute('ask', { prune });
    expect(outcome).toMatchObject({ state: 'pruned', summary: { val_accuracy: 0 } });
    expect(run).toMatchObject({ state: 'pruned', classes: null });
    expect(asked).toEqual([0]);
  });

  it('is interrupted where the sweep stops', async () => {
    const abort = new AbortController();
    const started = () => {
      abort.abort();
    };
    const { outcome, run } = await execute('wait', { signal: abort.signal, started });
    expect(outcome).toEqual({ state: 'interrupted' });
    expect(run.state).toBe('interrupted');
  });
});
