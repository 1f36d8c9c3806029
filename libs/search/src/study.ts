import type { EarlyTermination, Goal, Method, SearchSpace } from '@thaw/experiment';
import { bestTrial } from './best-trial.ts';
import type { Pruner } from './pruner.ts';
import { createPruner } from './pruners.ts';
import type { Sampler } from './sampler.ts';
import { createSampler } from './samplers.ts';
import type { TpeOptions } from './samplers/tpe/tpe-options.ts';
import { nextNumber, type Trial } from './trial.ts';
import type { ValuesOf } from './values-of.ts';

export interface StudyOptions<Space extends SearchSpace = SearchSpace> {
  readonly space: Space;
  readonly goal: Goal;
  /** What to try next: any sampler, or the name of one that comes with the library; `bayes` when left out. */
  readonly sampler?: Sampler | Method;
  /** Of a sampler that is named: the same seed gives the same proposals. 0 when left out. */
  readonly seed?: number;
  /** Of the sampler `bayes`; what is left out is as in Optuna. */
  readonly tpe?: Partial<TpeOptions>;
  /** Which trials `report` says to end early: any pruner, or the rule of one that comes with the library; none when left out. */
  readonly pruner?: Pruner | EarlyTermination;
  /** @deprecated The name of a sampler, where `sampler` is left out. */
  readonly method?: Method;
  /** @deprecated The rule of a pruner, where `pruner` is left out. */
  readonly earlyTerminate?: EarlyTermination;
  /** Trials of earlier studies of this space, to go on from. */
  readonly trials?: readonly Trial<NoInfer<ValuesOf<Space>>>[];
}

/**
 * Ask and tell: a search for any program, which runs the trials itself, one after another or many at once. The parameters of
 * its trials have the types of the space: a drawn one is a number, a listed one is one of its values.
 */
export class Study<const Space extends SearchSpace = SearchSpace> {
  readonly #goal: Goal;
  readonly #sampler: Sampler;
  readonly #pruner: Pruner | null;
  readonly #trials: Map<number, Trial>;

  constructor({ space, goal, seed = 0, tpe, trials = [], ...options }: StudyOptions<Space>) {
    const { sampler = options.method ?? 'bayes', pruner = options.earlyTerminate } = options;
    this.#goal = goal;
    this.#sampler =
      typeof sampler === 'string' ? createSampler(sampler, space, { seed, goal, tpe }) : sampler;
    this.#pruner = pruner === undefined ? null : 'type' in pruner ? createPruner(pruner, goal) : pruner;
    this.#trials = new Map((trials as readonly Trial[]).map((trial) => [trial.number, trial]));
  }

  /** In the order of asking. */
  get trials(): readonly Trial<ValuesOf<Space>>[] {
    // Samplers answer with values of the space: their contract, which types cannot say of every space.
    return [...this.#trials.values()] as Trial<ValuesOf<Space>>[];
  }

  /** The finished trial with the best value; null when there is none. */
  get best(): Trial<ValuesOf<Space>> | null {
    return bestTrial(this.trials, this.#goal);
  }

  /** The next trial to run; null when nothing is left to try. Until it is told it counts as running. */
  ask(): { readonly number: number; readonly parameters: ValuesOf<Space> } | null {
    const trials = [...this.#trials.values()];
    const parameters = this.#sampler.ask(trials);
    if (parameters === null) return null;
    const number = nextNumber(trials);
    this.#trials.set(number, { number, parameters, state: 'running', value: null, reports: [] });
    return { number, parameters: parameters as ValuesOf<Space> };
  }

  /** Notes a running trial's value after its next epoch; true when it should end early. It is then told as `pruned`. */
  report(number: number, value: number): boolean {
    const trial = this.#running(number);
    const reported = { ...trial, reports: [...(trial.reports ?? []), value] };
    this.#trials.set(number, reported);
    return this.#pruner?.shouldPrune(reported, [...this.#trials.values()]) ?? false;
  }

  /** Ends a running trial. One that failed has no value, and no search learns from it. Throws RangeError for other trials. */
  tell(number: number, value: number | null, state: 'finished' | 'pruned' | 'failed' = 'finished'): void {
    this.#trials.set(number, { ...this.#running(number), state, value });
  }

  #running(number: number): Trial {
    const trial = this.#trials.get(number);
    if (trial?.state !== 'running') throw new RangeError(`trial ${number} is not running`);
    return trial;
  }
}
