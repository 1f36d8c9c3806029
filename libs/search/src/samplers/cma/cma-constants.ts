import { sum } from '@thaw/base';

/** The default parameters of CMA-ES for a number of coordinates (Hansen 2016, "The CMA Evolution Strategy: A Tutorial", table 1). */
export interface CmaConstants {
  readonly populationSize: number;
  /** For the points of a generation, the best first: those of the better half sum to 1, the others are negative. */
  readonly weights: readonly number[];
  /** How many points count. */
  readonly parents: number;
  /** Of the parents, weighted: so many that count alike would say as much. */
  readonly effective: number;
  readonly rankOne: number;
  readonly rankMany: number;
  readonly pathRate: number;
  readonly stepRate: number;
  readonly stepDamping: number;
  /** The length that a standard normal vector has on average. */
  readonly length: number;
}

export function cmaConstants(size: number): CmaConstants {
  const populationSize = 4 + Math.floor(3 * Math.log(size));
  const parents = Math.floor(populationSize / 2);
  const raw = Array.from({ length: populationSize }, (_, i) => Math.log((populationSize + 1) / 2 / (i + 1)));
  const effectiveOf = (weights: readonly number[]) =>
    sum(weights) ** 2 / sum(weights.map((each) => each ** 2));
  const effective = effectiveOf(raw.slice(0, parents));
  const rankOne = 2 / ((size + 1.3) ** 2 + effective);
  const rankMany = Math.min(
    1 - rankOne - 1e-8,
    (2 * (effective - 2 + 1 / effective)) / ((size + 2) ** 2 + effective),
  );
  const negative = Math.min(
    1 + rankOne / rankMany,
    1 + (2 * effectiveOf(raw.slice(parents))) / (effective + 2),
    (1 - rankOne - rankMany) / (size * rankMany),
  );
  const above = sum(raw.filter((each) => each > 0));
  const below = -sum(raw.filter((each) => each < 0));
  const stepRate = (effective + 2) / (size + effective + 5);
  return {
    populationSize,
    weights: raw.map((each) => (each >= 0 ? each / above : (negative * each) / below)),
    parents,
    effective,
    rankOne,
    rankMany,
    pathRate: (4 + effective / size) / (size + 4 + (2 * effective) / size),
    stepRate,
    stepDamping: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (size + 1)) - 1) + stepRate,
    length: Math.sqrt(size) * (1 - 1 / (4 * size) + 1 / (21 * size * size)),
  };
}
