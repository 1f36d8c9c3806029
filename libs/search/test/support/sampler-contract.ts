import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf, isActive, type Parameter } from '@thaw/experiment';
import type { Sampler, SamplerOptions, SearchSpace } from '../../src/index.ts';
import { events, listedSpaces, Simulation, spaces, type Event } from './simulation.ts';

export type MakeSampler = (space: SearchSpace, options: SamplerOptions) => Sampler;

const options: SamplerOptions = { seed: 7, goal: 'maximize' };

function played(make: MakeSampler, space: SearchSpace, story: readonly Event[]): Simulation {
  const simulation = new Simulation(() => make(space, options));
  for (const event of story) simulation.play(event);
  return simulation;
}

function isValueOf(parameter: Parameter, value: unknown): boolean {
  if ('values' in parameter) {
    const isPossible = (index: number) => parameter.probabilities?.[index] !== 0;
    return parameter.values.some((each, index) => isPossible(index) && isDeepStrictEqual(each, value));
  }
  const axis = axisOf(parameter);
  const again = axis.value(axis.position(value as number));
  return typeof value === 'number' && Math.abs(again - value) <= 1e-9 * Math.abs(value);
}

/** What every sampler promises, whatever the experiment and whatever happens to its trials. */
export function samplerContract(name: string, make: MakeSampler, tried = spaces): void {
  describe(`the sampler contract: ${name}`, () => {
    it('proposes one of its values for each parameter that matters, in the order they are written', () => {
      fc.assert(
        fc.property(tried, events, (space, story) => {
          for (const { parameters } of played(make, space, [{ type: 'ask' }, ...story]).trials) {
            const matter = Object.keys(space).filter((path) => isActive(path, space, parameters));
            expect(Object.keys(parameters)).toEqual(matter);
            for (const [path, value] of Object.entries(parameters)) {
              expect(isValueOf(space[path]!, value), `${path}: ${JSON.stringify(value)}`).toBe(true);
            }
          }
        }),
      );
    });

    it('proposes no point a second time, unless the trial that had it was interrupted', () => {
      // Values without an end on which nearly all draws are the same few: a point may come again.
      const endless = (parameter: Parameter) =>
        'distribution' in parameter && parameter.distribution === 'q_log_normal';
      const told = tried.filter((space) => !Object.values(space).some(endless));
      fc.assert(
        fc.property(told, events, (space, story) => {
          const { trials } = played(make, space, [{ type: 'ask' }, ...story]);
          const known = trials
            .filter(({ state }) => state !== 'interrupted')
            .map(({ parameters }) => parameters);
          for (const [i, parameters] of known.entries()) {
            expect(known.slice(0, i).some((other) => isDeepStrictEqual(other, parameters))).toBe(false);
          }
        }),
      );
    });

    it('asks for an interrupted point again', () => {
      fc.assert(
        fc.property(tried, (space) => {
          const { trials } = played(make, space, [{ type: 'ask' }]);
          const interrupted = trials.map((trial) => ({ ...trial, state: 'interrupted' as const }));
          expect(make(space, options).ask(interrupted)).toEqual(trials[0]!.parameters);
        }),
      );
    });

    it('does not learn from trials that failed', () => {
      fc.assert(
        fc.property(tried, events, (space, story) => {
          const { trials } = played(make, space, story);
          const worst = trials.map((trial) => (trial.state === 'failed' ? { ...trial, value: -1e9 } : trial));
          expect(make(space, options).ask(worst)).toEqual(make(space, options).ask(trials));
        }),
      );
    });

    it('proposes the same to the same history and seed, however often it was asked before', () => {
      fc.assert(
        fc.property(tried, events, fc.nat(), (space, story, seed) => {
          const { trials } = played(make, space, story);
          const old = make(space, { ...options, seed });
          for (let length = 0; length < trials.length; length++) old.ask(trials.slice(0, length));
          const fresh = make(space, { ...options, seed }).ask(trials);
          expect(old.ask(trials)).toEqual(fresh);
          expect(old.ask(trials)).toEqual(fresh);
        }),
      );
    });

    it('leaves the history and the space as they are', () => {
      fc.assert(
        fc.property(tried, events, (space, story) => {
          const { trials } = played(make, space, story);
          const before = structuredClone({ space, trials });
          make(space, options).ask(trials);
          expect({ space, trials }).toEqual(before);
        }),
      );
    });
  });
}

/** What a sampler that goes through a finite space promises besides. */
export function exhaustiveSamplerContract(name: string, make: MakeSampler): void {
  describe(`the contract of exhaustive samplers: ${name}`, () => {
    it('never proposes a point that is running or done, and proposes all before it ends', () => {
      fc.assert(
        fc.property(listedSpaces, events, (space, story) => {
          const simulation = played(make, space, story);
          const points = distinctPoints(space);
          askAll(simulation, points.length);
          const tried = simulation.trials.filter((trial) => trial.state !== 'interrupted');
          expect(tried).toHaveLength(points.length);
          for (const point of points) {
            expect(tried.filter((trial) => isDeepStrictEqual(trial.parameters, point))).toHaveLength(1);
          }
        }),
      );
    });

    it('has nothing more to propose once every point is done', () => {
      fc.assert(
        fc.property(listedSpaces, events, (space, story) => {
          const simulation = played(make, space, story);
          askAll(simulation, distinctPoints(space).length);
          simulation.finishAll();
          expect(simulation.ask()).toBe(false);
        }),
      );
    });
  });
}

/** Asks until nothing is left, which takes at most one question a point. */
function askAll(simulation: Simulation, points: number): void {
  for (let asked = 0; simulation.ask(); asked++) {
    expect(asked, 'questions without an end').toBeLessThan(points);
  }
}

/** Every combination of values, each once, by a way of its own: nested loops and comparison in pairs. */
function distinctPoints(space: SearchSpace): Record<string, unknown>[] {
  let points: Record<string, unknown>[] = [{}];
  for (const [path, parameter] of Object.entries(space)) {
    const values = 'values' in parameter ? parameter.values : [];
    points = points.flatMap((point) => values.map((value) => ({ ...point, [path]: value })));
  }
  points = points.map((point) =>
    Object.fromEntries(Object.entries(point).filter(([path]) => isActive(path, space, point))),
  );
  return points.filter((point, i) => points.findIndex((other) => isDeepStrictEqual(other, point)) === i);
}
