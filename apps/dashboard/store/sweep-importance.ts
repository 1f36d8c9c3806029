import { withValues } from '@thaw/experiment';
import { pedAnova, type ParameterDomain } from '@thaw/search';
import type { SweepRecord } from '@thaw/tracking';

/** The best tenth of the finished trials, but at least five of them where there are ten. */
function bestCount(trials: number): number {
  return Math.max(1, Math.min(Math.max(5, Math.ceil(trials / 10)), Math.floor(trials / 2)));
}

/** PED-ANOVA over the finished trials of a sweep, as shares of all parameters together. */
export function sweepImportance({ metric, parameters, trials }: SweepRecord) {
  const measured = withValues(trials, metric).flatMap(({ state, parameters: values, value }) =>
    state === 'finished' && value !== null && Number.isFinite(value) ? [{ parameters: values, value }] : [],
  );
  const best = bestCount(measured.length);
  const space = Object.fromEntries(
    Object.entries(parameters).map(([name, spec]) => [
      name,
      domainOf(
        spec,
        measured.map((trial) => trial.parameters[name]),
      ),
    ]),
  );
  const quantile = measured.length < 2 ? 0.5 : best / measured.length;
  const found = pedAnova(measured, space, { goal: metric.goal, targetQuantile: quantile });
  const total = found.reduce((sum, { importance }) => sum + importance, 0);
  return {
    metric: metric.name,
    trials: measured.length,
    best,
    importance: found.map(({ parameter, importance }) => ({
      parameter,
      share: total > 0 ? importance / total : 0,
    })),
  };
}

/** The listed values of a parameter; else the range of its numbers, or the values that were met. */
export function domainOf(spec: unknown, met: readonly unknown[]): ParameterDomain {
  const { values, distribution } = (spec ?? {}) as { values?: unknown; distribution?: unknown };
  if (Array.isArray(values)) return { values };
  const known = met.filter((value) => value !== undefined);
  const numbers = known.filter((value): value is number => typeof value === 'number');
  if (numbers.length < known.length || numbers.length === 0) return { values: [...new Set(known)] };
  const log = String(distribution).includes('log') && numbers.every((value) => value > 0);
  const step = numbers.every(Number.isInteger) ? 1 : null;
  return { low: Math.min(...numbers), high: Math.max(...numbers), log, step };
}
