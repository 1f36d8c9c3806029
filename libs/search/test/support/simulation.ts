import fc from 'fast-check';
import type { Parameter, TrialState } from '@thaw/experiment';
import type { Sampler, SearchSpace, Trial } from '../../src/index.ts';

/** What may befall a sweep: a worker asks for a trial, or a running trial ends. */
export type Event =
  | { readonly type: 'ask' }
  | {
      readonly type: 'end';
      readonly pick: number;
      readonly state: TrialState;
      readonly value: number | null;
    };

/** Any order of asking and ending, with several trials running at once. */
export const events: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('ask' as const) }),
    fc.record({
      type: fc.constant('end' as const),
      pick: fc.nat(),
      state: fc.constantFrom<TrialState>('finished', 'failed', 'pruned', 'interrupted'),
      value: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    }),
  ),
  { maxLength: 60 },
);

/** Values as experiment files have them: of one type or mixed, objects and repetitions included. */
const value = fc.oneof(
  fc.boolean(),
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom('feature_extraction', 'partial_unfreeze'),
  fc.constantFrom([0.9, 1.1], [1.1, 0.9], [[1], 2]),
  fc.constantFrom(
    { rotation_range: 20, horizontal_flip: true },
    { horizontal_flip: true, rotation_range: 20 },
  ),
  fc.constant(null),
);

const listed: fc.Arbitrary<Parameter> = fc
  .array(value, { minLength: 1, maxLength: 4 })
  .map((values) => ({ values }));

const drawn: fc.Arbitrary<Parameter> = fc.constantFrom<Parameter>(
  { distribution: 'uniform', min: -1, max: 3 },
  { distribution: 'int_uniform', min: 2, max: 4 },
  { distribution: 'q_uniform', min: 0, max: 1, q: 0.3 },
  { distribution: 'log_uniform_values', min: 1e-4, max: 0.1 },
  { distribution: 'q_log_uniform_values', min: 8, max: 64, q: 8 },
  { distribution: 'inv_log_uniform', min: 1, max: 3 },
  { distribution: 'normal', mu: 2, sigma: 3 },
  { distribution: 'q_log_normal', mu: 1, sigma: 1, q: 2 },
  { distribution: 'q_beta', a: 0.5, b: 2, q: 0.25 },
  { values: ['a', 'b', 'c'], probabilities: [0.5, 0.5, 0] },
);

const paths = ['model.alpha', 'augmentation', 'training.optimizer', 'model.head_units'];

/** Up to three parameters. Where the last stands beside another with listed values, it may matter beside the first of them alone. */
function spacesOf(parameter: fc.Arbitrary<Parameter>): fc.Arbitrary<SearchSpace> {
  return fc
    .tuple(
      fc.shuffledSubarray(paths, { maxLength: 3 }),
      fc.array(parameter, { minLength: 3, maxLength: 3 }),
      fc.boolean(),
    )
    .map(([names, parameters, isConditional]) => {
      const entries = names.map((path, i) => [path, parameters[i]!] as const);
      const [first, last] = [entries[0], entries.at(-1)];
      if (!isConditional || !first || first === last || !('values' in first[1]))
        return Object.fromEntries(entries);
      const when = { [first[0]]: first[1].values.slice(0, 1) };
      return Object.fromEntries([...entries.slice(0, -1), [last![0], { ...last![1], when }]]);
    });
}

/** Spaces of listed values alone. */
export const listedSpaces = spacesOf(listed);
/** Any spaces. */
export const spaces = spacesOf(fc.oneof(listed, drawn));

/** A sweep that keeps its trials as a store does: read back from JSON at each turn. */
export class Simulation {
  #trials: readonly Trial[] = [];
  readonly #make: () => Sampler;

  /** `make` is called for every question, as if the sweep were resumed each time. */
  constructor(make: () => Sampler) {
    this.#make = make;
  }

  get trials(): readonly Trial[] {
    return JSON.parse(JSON.stringify(this.#trials)) as Trial[];
  }

  play(event: Event): void {
    if (event.type === 'ask') {
      this.ask();
      return;
    }
    const running = this.#trials.filter((trial) => trial.state === 'running');
    const ended = running[event.pick % Math.max(running.length, 1)];
    this.#trials = this.#trials.map((trial) =>
      trial === ended ? { ...trial, state: event.state, value: event.value } : trial,
    );
  }

  /** Starts the next trial; false when nothing is left. */
  ask(): boolean {
    const parameters = this.#make().ask(this.trials);
    if (parameters === null) return false;
    this.#trials = [
      ...this.#trials,
      { number: this.#trials.length, parameters, state: 'running', value: null },
    ];
    return true;
  }

  /** Ends every running trial as finished. */
  finishAll(): void {
    this.#trials = this.#trials.map((trial) =>
      trial.state === 'running' ? { ...trial, state: 'finished', value: 0.5 } : trial,
    );
  }
}
