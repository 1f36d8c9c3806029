import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sampler, SamplerOptions, SearchSpace } from '../src/index.ts';
import { events, Simulation, spaces, type Event } from './simulation.ts';

export type MakeSampler = (space: SearchSpace, options: SamplerOptions) => Sampler;

const options: SamplerOptions = { seed: 7, goal: 'maximize' };

function played(make: MakeSampler, space: SearchSpace, story: readonly Event[]): Simulation {
  const simulation = new Simulation(() => make(space, options));
  for (const event of story) simulation.play(event);
  return simulation;
}

/** What every sampler promises, whatever the experiment and whatever happens to its trials. */
export function samplerContract(name: string, make: MakeSampler): void {
  describe(`the sampler contract: ${name}`, () => {
    it('proposes one of its values for each parameter, in the order they are written', () => {
      fc.assert(
        fc.property(spaces, events, (space, story) => {
          for (const { parameters } of played(make, space, [{ type: 'ask' }, ...story]).trials) {
            expect(Object.keys(parameters)).toEqual(Object.keys(space));
            for (const [path, value] of Object.entries(parameters)) {
              expect(space[path]!.values.some((allowed) => isDeepStrictEqual(allowed, value))).toBe(true);
            }
          }
        }),
      );
    });

    it('proposes the same to the same history and seed, however often it was asked before', () => {
      fc.assert(
        fc.property(spaces, events, fc.nat(), (space, story, seed) => {
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
        fc.property(spaces, events, (space, story) => {
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
        fc.property(spaces, events, (space, story) => {
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
        fc.property(spaces, events, (space, story) => {
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
  for (const [path, { values }] of Object.entries(space)) {
    points = points.flatMap((point) => values.map((value) => ({ ...point, [path]: value })));
  }
  return points.filter((point, i) => points.findIndex((other) => isDeepStrictEqual(other, point)) === i);
}
