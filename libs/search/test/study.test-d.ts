/** What the types of a study promise; the compiler checks them (`npx tsc -p tsconfig.json`), nothing runs. */
import { expectTypeOf } from 'vitest';
import {
  RandomSampler,
  Study,
  type Pruner,
  type Sampler,
  type SearchSpace,
  type Trial,
} from '../src/index.ts';

const study = new Study({
  goal: 'minimize',
  space: {
    rate: { distribution: 'log_uniform_values', min: 1e-4, max: 1 },
    layers: { distribution: 'int_uniform', min: 1, max: 4 },
    optimizer: { values: ['adam', 'sgd'] },
    augmentation: { values: [false, { rotation: 20 }] },
    epochs: { values: [30] },
    momentum: { distribution: 'uniform', min: 0, max: 1, when: { optimizer: ['sgd'] } },
  },
});

interface Expected {
  readonly rate: number;
  readonly layers: number;
  readonly optimizer: 'adam' | 'sgd';
  readonly augmentation: false | { readonly rotation: 20 };
  readonly epochs: 30;
  readonly momentum?: number;
}

// A parameter has the type of its values: drawn, listed, constant, and absent beside values where it does not matter.
const asked = study.ask()!;
expectTypeOf(asked.parameters).toEqualTypeOf<Expected>();
expectTypeOf(study.best!.parameters).toEqualTypeOf<Expected>();
expectTypeOf(study.trials).toEqualTypeOf<readonly Trial<Expected>[]>();
expectTypeOf(asked.parameters.rate * asked.parameters.epochs).toBeNumber();
// @ts-expect-error a misspelt parameter
void asked.parameters.rat;
// @ts-expect-error a value that is not listed
void (asked.parameters.optimizer === 'adagrad');
// @ts-expect-error one that may be absent
void (asked.parameters.momentum * 2);

// A space of its own keeps its types, and one that is known as any space has unknown values.
const space = { units: { values: [64, 128] } } as const satisfies SearchSpace;
expectTypeOf(new Study({ space, goal: 'maximize' }).ask()!.parameters.units).toEqualTypeOf<64 | 128>();
declare const anySpace: SearchSpace;
expectTypeOf(new Study({ space: anySpace, goal: 'maximize' }).ask()!.parameters).toEqualTypeOf<
  Readonly<Record<string, unknown>>
>();

// A sampler and a pruner are names, or anything that answers as they do.
declare const trials: Trial<{ readonly units: 64 | 128 }>[];
const own: Sampler = { ask: (known) => (known.length < 2 ? { units: 64 } : null) };
const prune: Pruner = { shouldPrune: ({ reports = [] }, known) => reports.length > known.length };
new Study({ space, goal: 'maximize', sampler: own, pruner: prune, trials });
new Study({ space, goal: 'maximize', sampler: new RandomSampler(space, { seed: 1 }) });
new Study({ space, goal: 'maximize', sampler: 'grid', pruner: { type: 'asha', min_iter: 1, eta: 3 } });
// @ts-expect-error no sampler of this name
new Study({ space, goal: 'maximize', sampler: 'gird' });
// @ts-expect-error a sampler answers with parameters, not with a number
new Study({ space, goal: 'maximize', sampler: { ask: () => 64 } });
// @ts-expect-error a pruner answers yes or no
new Study({ space, goal: 'maximize', pruner: { shouldPrune: () => 'no' } });
// @ts-expect-error no distribution of this name
new Study({ space: { rate: { distribution: 'uniformly', min: 0, max: 1 } }, goal: 'maximize' });
declare const others: Trial<{ readonly rate: number }>[];
// @ts-expect-error trials of another space
new Study({ space, goal: 'maximize', trials: others });
