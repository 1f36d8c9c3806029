import type { EarlyTermination, Goal } from '@thaw/experiment';
import type { Pruner } from './pruner.ts';
import { AshaPruner } from './pruners/asha-pruner.ts';
import { HyperbandPruner } from './pruners/hyperband-pruner.ts';
import { MedianPruner } from './pruners/median-pruner.ts';

type Rule<Type> = Extract<EarlyTermination, { type: Type }>;

/** The pruners by the `type` of an experiment file's `early_terminate`. */
export const pruners: {
  readonly [Type in EarlyTermination['type']]: new (rule: Rule<Type>, goal: Goal) => Pruner;
} = {
  hyperband: HyperbandPruner,
  asha: AshaPruner,
  median: MedianPruner,
};

/** The pruner of a rule, for a metric with this goal. */
export function createPruner(rule: EarlyTermination, goal: Goal): Pruner {
  const Chosen = pruners[rule.type] as new (rule: EarlyTermination, goal: Goal) => Pruner;
  return new Chosen(rule, goal);
}
