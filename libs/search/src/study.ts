import type { EarlyTermination, Goal, Method, ParameterValues } from '@thaw/experiment';
import { bestTrial } from './best-trial.ts';
import type { Pruner } from './pruner.ts';
import { createPruner } from './pruners.ts';
import type { Sampler, SearchSpace } from './sampler.ts';
import { createSampler } from './samplers.ts';
import type { TpeOptions } from './samplers/tpe/tpe-options.ts';
import { nextNumber, type Trial } from './trial.ts';

export interface StudyOptions {
  readonly space: SearchSpace;
  readonly goal: Goal;
  /** `bayes` when left out. */
  readonly method?: Method;
  /** 0 when left out; the same seed gives the same proposals. */
  readonly seed?: number;
  readonly tpe?: Partial<TpeOptions>;
  /** Which trials `report` says to end early; none when left out. */
  readonly earlyTerminate?: EarlyTermination;
  /** Trials of earlier studies, to go on from. */
  readonly trials?: readonly Trial[];
}

/** Ask and tell: a search for any program, which runs the trials itself, one after another or many at once. */
export class Study {
  readonly #goal: Goal;
  readonly #sampler: Sampler;
  readonly #pruner: Pruner | null;
  readonly #trials: Map<number, Trial>;

  constructor({ space, goal, method = 'bayes', seed = 0, tpe, earlyTerminate, trials = [] }: StudyOptions) {
    this.#goal = goal;
    this.#sampler = createSampler(method, space, { seed, goal, tpe });
    this.#pruner = earlyTerminate ? createPruner(earlyTerminate, goal) : null;
    this.#trials = new Map(trials.map((trial) => [trial.number, trial]));
  }

  /** In the order of asking. */
  get trials(): readonly Trial[] {
    return [...this.#trials.values()];
  }

  /** The finished trial with the best value; null when there is none. */
  get best(): Trial | null {
    return bestTrial(this.trials, this.#goal);
  }

  /** The next trial to run; null when nothing is left to try. Until it is told it counts as running. */
  ask(): { readonly number: number; readonly parameters: ParameterValues } | null {
    const { trials } = this;
    const parameters = this.#sampler.ask(trials);
    if (parameters === null) return null;
    const number = nextNumber(trials);
    this.#trials.set(number, { number, parameters, state: 'running', value: null, reports: [] });
    return { number, parameters };
  }

  /** Notes a running trial's value after its next epoch; true when it should end early. It is then told as `pruned`. */
  report(number: number, value: number): boolean {
    const trial = this.#running(number);
    const reported = { ...trial, reports: [...(trial.reports ?? []), value] };
    this.#trials.set(number, reported);
    return this.#pruner?.shouldPrune(reported, this.trials) ?? false;
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
