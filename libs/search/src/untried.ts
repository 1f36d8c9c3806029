import { Random, structuralKey } from '@thaw/base';
import { gridSize, type ParameterValues, type SearchSpace } from '@thaw/experiment';
import { GridPoints } from './grid-points.ts';
import { nextNumber, type Trial } from './trial.ts';

/** Finite spaces up to here are gone through to their end. */
const mostPoints = 10_000;
/** A sampler that proposes what is known so often in a row is left for a look at what there is. */
const attemptsBeforeLook = 30;
/** Where the space is too large for that look, it may propose what is known so often before a point comes again. */
const mostAttempts = 1_000;

/** What has not been tried yet: the same settings would only give the same result again. */
export class Untried {
  readonly #space: SearchSpace;
  readonly #seed: number;
  readonly #trials: readonly Trial[];

  constructor(space: SearchSpace, seed: number, trials: readonly Trial[]) {
    this.#space = space;
    this.#seed = seed;
    this.#trials = trials;
  }

  /**
   * The first interrupted point; else the first proposal that no trial has; else, in a finite space, any point that is left,
   * and null when there is none. In a space too large to go through a point may come again, where nearly all draws fall on
   * few values (`q_log_normal`).
   */
  next(propose: (attempt: number) => ParameterValues): ParameterValues | null {
    const taken = new Set(
      this.#trials
        .filter(({ state }) => state !== 'interrupted')
        .map(({ parameters }) => structuralKey(parameters)),
    );
    const again = this.#trials
      .filter(({ state, parameters }) => state === 'interrupted' && !taken.has(structuralKey(parameters)))
      .reduce<Trial | null>(
        (first, each) => (first === null || each.number < first.number ? each : first),
        null,
      );
    if (again !== null) return again.parameters;
    const size = gridSize(this.#space);
    if (size === 0 || (size <= mostPoints && taken.size >= size)) return this.#left(taken);
    const canLook = size <= mostPoints;
    const attempts = canLook ? attemptsBeforeLook : mostAttempts;
    const isTaken = (point: ParameterValues) => taken.has(structuralKey(point));
    let proposal = propose(0);
    for (let attempt = 1; attempt < attempts && isTaken(proposal); attempt++) proposal = propose(attempt);
    return canLook && isTaken(proposal) ? this.#left(taken) : proposal;
  }

  #left(taken: ReadonlySet<string>): ParameterValues | null {
    const points = new GridPoints(possible(this.#space));
    const known = new Set(taken);
    const left: ParameterValues[] = [];
    for (let index = 0; index < points.size; index++) {
      const key = structuralKey(points.at(index));
      if (known.has(key)) continue;
      known.add(key);
      left.push(points.at(index));
    }
    if (left.length === 0) return null;
    return left[new Random(this.#seed, 'left', nextNumber(this.#trials)).int(left.length)]!;
  }
}

/** The space without values of probability 0. */
function possible(space: SearchSpace): SearchSpace {
  const entries = Object.entries(space).map(([path, parameter]) => {
    if (!('probabilities' in parameter) || parameter.probabilities === undefined)
      return [path, parameter] as const;
    const { values, probabilities, ...rest } = parameter;
    return [path, { ...rest, values: values.filter((_, index) => probabilities[index]! > 0) }] as const;
  });
  return Object.fromEntries(entries);
}
