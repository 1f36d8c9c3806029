import { structuralKey } from '@thaw/base';
import type { Goal, ParameterValues } from '@thaw/experiment';
import { parzenEstimate, type Counts } from './parzen-estimate.ts';

/** What values a parameter may have: those of a list, or numbers of a range. */
export type ParameterDomain =
  | { readonly values: readonly unknown[] }
  | {
      readonly low: number;
      readonly high: number;
      /** Whether distances are those of logarithms; then `low` is above 0. */
      readonly log: boolean;
      /** The distance of neighbouring values; null where any number may stand. */
      readonly step: number | null;
    };

export interface MeasuredTrial {
  readonly parameters: ParameterValues;
  readonly value: number;
}

export interface Importance {
  readonly parameter: string;
  /** 0: no matter for being among the best trials. To be compared with others of the same call only. */
  readonly importance: number;
}

export interface PedAnovaOptions {
  readonly goal: Goal;
  /** The share of trials that count as the best, inside (0, 1); trials equal to the worst of them count too. */
  readonly targetQuantile: number;
}

const gridSize = 50;

/**
 * How much each parameter matters for being among the best trials, the most important first: PED-ANOVA, the Pearson
 * divergence between how a parameter's values are spread among the best trials and among all. A parameter that only some
 * trials have is judged among those, weighted by how many of the best and of all they are.
 *
 * Trials whose value is not finite do not count; with fewer than two that do, all importances are 0, as is that of a
 * parameter with a single value and of one that fewer than two trials have. Values outside their domain count as its nearest end;
 * those that a list does not hold are left out. Gives Optuna 5's PedAnovaImportanceEvaluator(evaluate_on_local=True)
 * without its normalisation.
 *
 * Sources: Watanabe, Bansal and Hutter (2023), PED-ANOVA: Efficiently quantifying hyperparameter importance in arbitrary
 * subspaces, IJCAI; for conditional parameters Conditional PED-ANOVA (2026), arXiv 2601.20800.
 */
export function pedAnova(
  trials: readonly MeasuredTrial[],
  space: Readonly<Record<string, ParameterDomain>>,
  { goal, targetQuantile }: PedAnovaOptions,
): Importance[] {
  if (!(targetQuantile > 0 && targetQuantile < 1)) {
    throw new RangeError(`targetQuantile is inside (0, 1), not ${targetQuantile}`);
  }
  const measured = trials.filter(({ value }) => Number.isFinite(value));
  const best = bestOf(measured, goal, targetQuantile);
  const importances = Object.entries(space).map(([parameter, domain]) => ({
    parameter,
    importance: measured.length < 2 ? 0 : importanceOf(parameter, domain, measured, best),
  }));
  return importances.sort((a, b) => b.importance - a.importance);
}

function bestOf(trials: readonly MeasuredTrial[], goal: Goal, quantile: number): ReadonlySet<MeasuredTrial> {
  const losses = trials.map(({ value }) => (goal === 'maximize' ? -value : value));
  const edge = losses.toSorted((a, b) => a - b)[Math.ceil(quantile * losses.length) - 1];
  return new Set(trials.filter((_, i) => edge !== undefined && losses[i]! <= edge));
}

function importanceOf(
  parameter: string,
  domain: ParameterDomain,
  trials: readonly MeasuredTrial[],
  best: ReadonlySet<MeasuredTrial>,
): number {
  const pointOf = points(domain);
  const placed = trials.flatMap((trial) => {
    const point = Object.hasOwn(trial.parameters, parameter) ? pointOf.of(trial.parameters[parameter]) : -1;
    return point < 0 ? [] : [{ trial, point }];
  });
  const placedBest = placed.filter(({ trial }) => best.has(trial));
  if (pointOf.size < 2 || placed.length < 2 || placedBest.length === 0) return 0;
  const countsOf = (of: readonly { readonly point: number }[]): Counts => {
    const counts = Array.from({ length: pointOf.size }, () => 0);
    for (const { point } of of) counts[point]!++;
    return { counts, ordered: pointOf.ordered };
  };
  const all = parzenEstimate(countsOf(placed));
  const top = parzenEstimate(countsOf(placedBest));
  const divergence = all.reduce((total, p, i) => {
    const density = p + 1e-12;
    return total + density * ((top[i]! + 1e-12) / density - 1) ** 2;
  }, 0);
  const amongBest = placedBest.length / best.size;
  const amongAll = placed.length / trials.length;
  return (best.size / trials.length) ** 2 * (amongBest ** 2 / amongAll) * divergence;
}

interface Points {
  readonly size: number;
  readonly ordered: boolean;
  /** -1 for what has no place. */
  of(value: unknown): number;
}

/** Where values stand on a grid of at most 50 points, or in their list. */
function points(domain: ParameterDomain): Points {
  if ('values' in domain) {
    const keys = domain.values.map(structuralKey);
    return { size: keys.length, ordered: false, of: (value) => keys.indexOf(structuralKey(value)) };
  }
  const { low, high, log, step } = domain;
  if (!(high > low)) return { size: 1, ordered: true, of: () => 0 };
  const size = step === null ? gridSize : Math.min(gridSize, Math.round((high - low) / step) + 1);
  const scale = (value: number) => (log ? Math.log(value) : value);
  const width = (scale(high) - scale(low)) / (size - 1);
  const of = (value: unknown) => {
    if (typeof value !== 'number' || Number.isNaN(scale(value))) return -1;
    const point = Math.ceil((scale(value) - scale(low)) / width - 0.5);
    return Math.min(size - 1, Math.max(0, point));
  };
  return { size, ordered: true, of };
}
