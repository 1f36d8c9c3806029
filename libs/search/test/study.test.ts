import { describe, expect, it } from 'vitest';
import { Study, type Pruner, type Sampler } from '../src/index.ts';

const space = { units: { values: [1, 2, 3] } } as const;

describe('ask and tell', () => {
  it('goes through a space, with several trials at once', () => {
    const study = new Study({ space, goal: 'maximize', sampler: 'grid' });
    const [a, b] = [study.ask()!, study.ask()!];
    study.tell(b.number, 0.5);
    study.tell(a.number, null, 'failed');
    study.tell(study.ask()!.number, 0.4);
    expect(study.ask()).toBeNull();
    expect(study.best).toMatchObject({ number: b.number, parameters: { units: 2 }, value: 0.5 });
  });

  it('says which trials are to end early', () => {
    const pruner = { type: 'asha', min_iter: 1, eta: 2 } as const;
    const study = new Study({ space, goal: 'maximize', sampler: 'grid', pruner });
    const verdicts = [0.5, 0.6, 0.4].map((value) => study.report(study.ask()!.number, value));
    expect(verdicts).toEqual([false, false, true]);
    study.tell(2, 0.4, 'pruned');
    study.tell(0, 0.5);
    expect(study.best?.number).toBe(0);
  });

  it('asks any sampler and any pruner, each with all trials so far', () => {
    const fromTheEnd: Sampler = {
      ask: (trials) => (trials.length < 3 ? { units: 3 - trials.length } : null),
    };
    const afterTwo: Pruner = { shouldPrune: ({ reports }, trials) => reports!.length + trials.length > 3 };
    const study = new Study({ space, goal: 'maximize', sampler: fromTheEnd, pruner: afterTwo });
    const { number, parameters } = study.ask()!;
    expect([parameters.units, study.ask()!.parameters.units]).toEqual([3, 2]);
    expect([study.report(number, 0.1), study.report(number, 0.2)]).toEqual([false, true]);
    study.tell(number, 0.2, 'pruned');
    expect([study.ask()!.parameters.units, study.ask()]).toEqual([1, null]);
  });

  it('still takes the older words for a named sampler and the rule of a pruner', () => {
    const earlyTerminate = { type: 'asha', min_iter: 1, eta: 2 } as const;
    const study = new Study({ space, goal: 'maximize', method: 'grid', earlyTerminate });
    const asked = [0.5, 0.6, 0.4].map((value) => {
      const { number, parameters } = study.ask()!;
      return [parameters.units, study.report(number, value)];
    });
    expect(asked).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
  });

  it('goes on from the trials of an earlier study as if it were the same', () => {
    const drawn = { rate: { distribution: 'uniform', min: 0, max: 1 } } as const;
    const first = new Study({ space: drawn, goal: 'minimize', seed: 3 });
    for (let i = 0; i < 12; i++) {
      const { number, parameters } = first.ask()!;
      first.tell(number, parameters.rate);
    }
    const second = new Study({ space: drawn, goal: 'minimize', seed: 3, trials: first.trials });
    expect(second.ask()).toEqual(first.ask());
  });

  it.each(['grid', 'random'] as const)('asks again, as it was, for a trial of %s that is lost', (sampler) => {
    const options = { space, goal: 'maximize', sampler, seed: 1 } as const;
    const study = new Study(options);
    const asked = [study.ask()!, study.ask()!, study.ask()!];
    const kept = [asked[0]!, asked[2]!].map((trial) => ({
      ...trial,
      state: 'finished' as const,
      value: 0.5,
    }));
    expect(new Study({ ...options, trials: kept }).ask()).toEqual(asked[1]);
  });

  it('does not take a trial that is not running', () => {
    const study = new Study({ space, goal: 'maximize' });
    const tell = () => {
      study.tell(0, 1);
    };
    expect(tell).toThrow('trial 0 is not running');
    study.tell(study.ask()!.number, 1);
    expect(tell).toThrow(RangeError);
  });
});
