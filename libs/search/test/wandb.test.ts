import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAnyExperiment, type AnyExperiment } from '@thaw/experiment';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPruner, GridSampler, type Trial } from '../src/index.ts';
import { unitAxisOf } from '../src/unit/unit-axis.ts';

/** What W&B's own tests of its package `sweeps` ask of it, and what it answers: golden/make_wandb_sweeps.py. */
interface Asked {
  grids: { parameters: Record<string, unknown>; points: Record<string, unknown>[] }[];
  draws: { parameter: Record<string, unknown>; shares: number[]; values: unknown[] }[];
  stops: {
    metric: { name: string; goal: 'minimize' | 'maximize' };
    early_terminate: Record<string, unknown>;
    runs: { state: string; history: (number | null)[] }[];
    stopped: number[];
  }[];
}
const golden = new URL('./golden/wandb-sweeps.json', import.meta.url);
const { grids, draws, stops } = JSON.parse(readFileSync(golden, 'utf8')) as Asked;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-wandb-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The configuration as a file whose trials run a program; JSON is YAML. */
function load(config: object): Promise<AnyExperiment> {
  const file = join(folder, 'sweep.yaml');
  writeFileSync(file, JSON.stringify({ command: ['true'], metric: { name: 'loss' }, ...config }));
  return loadAnyExperiment(file);
}

function gridOf({ parameters }: AnyExperiment): Trial['parameters'][] {
  const sampler = new GridSampler(parameters);
  const trials: Trial[] = [];
  for (let next = sampler.ask(trials); next !== null; next = sampler.ask(trials))
    trials.push({ number: trials.length, parameters: next, state: 'finished', value: 0 });
  return trials.map((trial) => trial.parameters);
}

/** With names of nested parameters in one, their order and the last digits of numbers aside. */
function flat(point: Record<string, unknown>, above = ''): Record<string, unknown> {
  const entries = Object.entries(point).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(flat(value as Record<string, unknown>, `${above}${name}.`))
      : [[above + name, typeof value === 'number' ? Number(value.toPrecision(10)) : value] as const],
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const inAnyOrder = (points: Record<string, unknown>[]) =>
  points.map((point) => JSON.stringify(flat(point))).sort();

it('tries what the grids of W&B have', async () => {
  const other: unknown[] = [];
  for (const { parameters, points } of grids) {
    const ours = await load({ method: 'grid', parameters }).then(gridOf).catch(String);
    if (typeof ours === 'string' || JSON.stringify(inAnyOrder(ours)) !== JSON.stringify(inAnyOrder(points)))
      other.push({ parameters, ours, points });
  }
  expect(other).toEqual([]);
});

it('draws what W&B draws at a share of a distribution, but that no value lies outside its ends', async () => {
  const other: unknown[] = [];
  for (const { parameter, shares, values } of draws) {
    const { parameters } = await load({ method: 'random', parameters: { x: parameter } });
    const axis = unitAxisOf(parameters['x']!);
    for (const [i, share] of shares.entries()) {
      const [ours, theirs] = [axis.value(share), values[i]];
      const isSame =
        typeof ours === 'number' && typeof theirs === 'number'
          ? Math.abs(ours - theirs) <= 1e-9 * Math.max(1, Math.abs(theirs))
          : JSON.stringify(ours) === JSON.stringify(theirs);
      // Of 0.1 to 100 in steps of 1 or 10.
      const isOutside = theirs === 0 && ours === parameter['q'];
      if (!isSame && !isOutside) other.push({ parameter, share, ours, theirs });
    }
  }
  expect(other).toEqual([]);
});

it('ends the runs that hyperband of W&B ends, but refuses a misspelt goal and a key that nothing reads', async () => {
  let compared = 0;
  for (const { metric, early_terminate, runs, stopped } of stops) {
    const config = { metric, early_terminate, method: 'random', parameters: { x: { values: [1, 2, 3] } } };
    if ('extra_key' in early_terminate) {
      await expect(load(config)).rejects.toThrow(/did you mean minimize[^]*extra_key: found an unknown key/);
      continue;
    }
    const { early_terminate: rule } = await load(config);
    const pruner = createPruner(rule!, metric.goal);
    const trials = runs.map(({ state, history }, number): Trial => ({
      ...{ number, parameters: {}, value: null },
      state: state === 'running' ? 'running' : 'finished',
      reports: history.map((value) => value ?? Number.NaN),
    }));
    const ours = trials
      .filter((trial) => trial.state === 'running' && pruner.shouldPrune(trial, trials))
      .map(({ number }) => number);
    expect(ours, JSON.stringify({ metric, early_terminate })).toEqual(stopped);
    compared += 1;
  }
  expect(compared).toBe(11);
});
