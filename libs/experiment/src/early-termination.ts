import * as z from 'zod';
import { isMapping, jsonSchemaOf } from './messages/json-schema.ts';
import { didYouMean, nearest } from './messages/nearest.ts';
import type { Problem } from './messages/problem.ts';
import { show } from './messages/show.ts';
import { zodProblems } from './messages/zod-problems.ts';
import { means } from './settings/forms.ts';

const epoch = z.number().int().min(1).max(1_000_000);
/** Closer to 1 no rung would be left out. */
const eta = z.number().min(1.01).meta(means('One trial in `eta` goes on from a rung.')).default(3);

/** W&B's hyperband: brackets from `min_iter` upwards, or `s` of them from `max_iter` downwards. */
const hyperband = z.strictObject({
  type: z
    .literal('hyperband')
    .meta(means("W&B's: trials are compared at rungs, in brackets, and the best of each go on.")),
  min_iter: epoch
    .meta(
      means(
        'The first rung: the epoch after which trials are compared. Then `eta` times as many, and so on.',
        3,
      ),
    )
    .optional(),
  max_iter: epoch
    .meta(
      means(
        'In place of `min_iter`, with `s`: rungs are counted down from this epoch, each time by `eta`.',
        27,
      ),
    )
    .optional(),
  s: epoch.meta(means('With `max_iter`: how many rungs.', 2)).optional(),
  eta,
  strict: z
    .boolean()
    .meta(means("`true` compares the value of the rung's epoch, `false` the best value so far."))
    .default(true),
});

/** Asynchronous successive halving (Li et al. 2020). */
const asha = z.strictObject({
  type: z
    .literal('asha')
    .meta(
      means(
        'Asynchronous successive halving (Li et al. 2020): at each rung the best of those that got there so far go on.',
      ),
    ),
  min_iter: epoch
    .meta(
      means(
        'The first rung: the epoch after which trials are compared. Then `eta` times as many, and so on.',
      ),
    )
    .default(1),
  eta,
});

/** The median stopping rule (Golovin et al. 2017). */
const median = z.strictObject({
  type: z
    .literal('median')
    .meta(
      means(
        "The median stopping rule (Golovin et al. 2017): a trial ends when its best value so far is worse than the median of the finished trials' means up to the same epoch.",
      ),
    ),
  min_iter: epoch.meta(means('No trial ends before this epoch.')).default(1),
  min_trials: epoch.meta(means('Nor before so many trials have finished.')).default(5),
});

export const earlyTerminationRules = { hyperband, asha, median };
export type EarlyTermination = z.output<(typeof earlyTerminationRules)[keyof typeof earlyTerminationRules]>;

/** A rule, or what is wrong with it; notes are sentences for the user. */
interface ReadEarlyTermination {
  readonly rule: EarlyTermination | null;
  readonly problems: Problem[];
  readonly notes: string[];
}

/** Reads `early_terminate`; null with the problems where it is not one. */
export function readEarlyTermination(input: unknown): ReadEarlyTermination {
  const problem = (path: string[], message: string) => ({
    rule: null,
    problems: [{ path, message }],
    notes: [],
  });
  const types = Object.keys(earlyTerminationRules).join(', ');
  if (!isMapping(input)) return problem([], `found ${show(input)}; allowed: {type: ${types}, ...}`);
  const type = input['type'];
  const schema = Object.entries(earlyTerminationRules).find(([name]) => name === type)?.[1];
  if (schema === undefined) {
    const near = typeof type === 'string' ? nearest(type, Object.keys(earlyTerminationRules)) : null;
    return problem(['type'], `found ${show(type)}; allowed: ${types}${didYouMean(near)}`);
  }
  const result = schema.safeParse(input);
  if (!result.success) {
    return { rule: null, problems: zodProblems(result.error.issues, jsonSchemaOf(schema), input), notes: [] };
  }
  const rule = result.data;
  if (rule.type !== 'hyperband') return { rule, problems: [], notes: [] };
  const { min_iter, max_iter, s, ...rest } = rule;
  if (max_iter !== undefined && s !== undefined) {
    const notes = min_iter === undefined ? [] : [unread('min_iter', 'max_iter and s')];
    return { rule: { ...rest, max_iter, s }, problems: [], notes };
  }
  if (max_iter !== undefined)
    return problem([], 'found max_iter without s; allowed: min_iter, or max_iter and s');
  if (min_iter === undefined) return problem([], 'found no min_iter; allowed: min_iter, or max_iter and s');
  return {
    rule: { ...rest, min_iter },
    problems: [],
    notes: s === undefined ? [] : [unread('s', 'min_iter')],
  };
}

function unread(key: string, others: string): string {
  return `early_terminate.${key} is not read beside ${others}, as in W&B`;
}

/** Where the number of a trial's steps comes from, after which early termination may end it. */
export interface StepCount {
  readonly step: 'epoch' | 'fold';
  readonly most: number;
}

/** Why a rule can never end a trial of at most so many epochs (folds), of at most so many trials; null when it can. */
export function neverTerminates(
  rule: EarlyTermination,
  { step, most }: StepCount,
  trials: number,
): string | null {
  const setting = step === 'epoch' ? 'training.epochs' : 'split.folds';
  if (trials < 2) return 'a sweep of one trial has nothing to compare it with';
  if (rule.type === 'median') {
    if (rule.min_iter >= most) return `min_iter ${rule.min_iter} is not below ${setting}, ${most}`;
    if (rule.min_trials < trials) return null;
    return `min_trials ${rule.min_trials} is not below the number of trials, ${trials}`;
  }
  const [first] = rungs(rule, most);
  if (first !== undefined && first < most) return null;
  return `no trial is compared before its last ${step}, ${most} (${setting})`;
}

/** The epochs after which hyperband and asha compare trials, in order, up to `epochs`. */
export function rungs(rule: Exclude<EarlyTermination, { type: 'median' }>, epochs: number): number[] {
  const { eta, min_iter } = rule;
  if (rule.type === 'hyperband' && rule.max_iter !== undefined && rule.s !== undefined) {
    const down = Array.from({ length: rule.s }, (_, index) =>
      Math.floor(rule.max_iter! / eta ** (index + 1)),
    );
    return [...new Set(down)].filter((rung) => rung >= 1 && rung <= epochs).reverse();
  }
  const up: number[] = [];
  for (let rung = min_iter ?? 1; Math.floor(rung) <= epochs; rung *= eta) up.push(Math.floor(rung));
  return [...new Set(up)];
}
