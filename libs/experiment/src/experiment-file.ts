import * as z from 'zod';
import { methods, testModes } from './experiment.ts';
import { isMapping, jsonSchemaOf, valueAt } from './messages/json-schema.ts';
import type { Problem } from './messages/problem.ts';
import { goals, monitors } from './metrics.ts';
import { means } from './settings/forms.ts';
import { settingsSchema } from './settings.ts';
import { show } from './messages/show.ts';

const line = z
  .string()
  .regex(/^\P{Cc}{1,100}$/u)
  .describe('text of one line, 1 to 100 characters');

/** What every experiment file may say of its search. `parameters` and `early_terminate` have readers of their own. */
export const searchShape = {
  name: line
    .meta(means("Names the sweep and its runs. The file's name when left out.", 'my-cells'))
    .optional(),
  description: z.string().meta(means('What the experiment is for.')).optional(),
  method: z
    .enum(methods)
    .meta(
      means(
        'How values are chosen: `grid` tries every combination, `random` draws, `sobol` and `halton` draw evenly, `bayes` draws near those of good trials (TPE), `gp` models the metric by a Gaussian process, `cmaes` moves a normal distribution, `auto` chooses.',
        'bayes',
      ),
    )
    .default('grid'),
  parameters: z
    .unknown()
    .describe('settings by their paths, each with values or a distribution')
    .meta(means('What varies. One trial when left out.'))
    .optional(),
  run_cap: z.number().int().min(1).max(1_000_000).meta(means('At most so many trials.', 40)).optional(),
  early_terminate: z
    .unknown()
    .describe('a section with a type and its keys')
    .meta(means('Which trials end early.'))
    .optional(),
};

/** The keys of an experiment file. */
export const fileSchema = settingsSchema.extend({
  ...searchShape,
  metric: z
    .strictObject({
      name: z
        .enum(monitors)
        .meta(means('What the best trial is chosen by. Test metrics are refused.', 'val_balanced_accuracy'))
        .default('val_accuracy'),
      goal: z
        .enum(goals)
        .meta(means('Which way is better. As the metric goes when left out.', 'maximize'))
        .optional(),
      target: z
        .number()
        .meta(means('Once a trial is as good as this, no further one begins.', 0.98))
        .optional(),
    })
    .prefault({}),
  test: z
    .enum(testModes)
    .meta(
      means(
        'Which trials are evaluated on test images: each, the chosen one alone (`best`), or none until you open the test set (`sealed`).',
        'sealed',
      ),
    )
    .default('each'),
});

export const fileJsonSchema = () => jsonSchemaOf(fileSchema);

const launching = 'trials are started where the sweep runs';
const placing = 'runs are kept in the runs folder';
const imputing = 'a trial that failed has no value, and none is made up for it';

/** Keys of W&B's sweep files that mean nothing here, and why. */
const notUsed: Record<string, string> = {
  job: launching,
  image_uri: launching,
  controller: placing,
  project: placing,
  entity: placing,
  apiVersion: placing,
  kind: placing,
};
const metricKeysNotUsed = ['impute', 'impute_while_running'];

/** The file without the keys of W&B that mean nothing here, and a sentence on each. */
export function withoutUnused(input: unknown): { used: unknown; notes: string[] } {
  if (!isMapping(input)) return { used: input, notes: [] };
  const unused = Object.keys(input).filter((key) => Object.hasOwn(notUsed, key));
  const notes = unused.map((key) => `${key} is a key of W&B that Thaw does not use: ${notUsed[key]!}`);
  const used = Object.fromEntries(Object.entries(input).filter(([key]) => !unused.includes(key)));
  const { metric } = used;
  if (!isMapping(metric)) return { used, notes };
  const imputed = Object.keys(metric).filter((key) => metricKeysNotUsed.includes(key));
  return {
    used: {
      ...used,
      metric: Object.fromEntries(Object.entries(metric).filter(([key]) => !imputed.includes(key))),
    },
    notes: [
      ...notes,
      ...imputed.map((key) => `metric.${key} is a key of W&B that Thaw does not use: ${imputing}`),
    ],
  };
}

/** What is refused with a reason of its own, where the form alone would only say "unknown". */
export function refusals(input: unknown): Problem[] {
  return [...metricRefusals(input), ...splitRefusals(input)];
}

/** Of two ways to validate at once; the default of `split.validation` is none that anybody has asked for. */
function splitRefusals(input: unknown): Problem[] {
  const [folds, validation] = ['folds', 'validation'].map((key) => valueAt(input, ['split', key]));
  if (folds === undefined || validation === undefined) return [];
  const message = `found ${show(validation)} beside split.folds: ${show(folds)}, of which each validates its part of the training images; allowed: one of the two`;
  return [{ path: ['split', 'validation'], message }];
}

function metricRefusals(input: unknown): Problem[] {
  const metric = valueAt(input, ['metric', 'name']);
  if (typeof metric !== 'string' || !/^(test|gap)/i.test(metric)) return [];
  const why =
    'choosing the best of many trials on the test set is self-deception: its test result no longer holds for unseen images';
  const message = `found ${show(metric)}: ${why}; allowed: ${monitors.join(', ')} (test results are reported, and never chosen by)`;
  return [{ path: ['metric', 'name'], message }];
}
