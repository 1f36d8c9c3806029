import { z } from 'zod';
import { goals, methods } from './experiment.ts';
import { isMapping, jsonSchemaOf, valueAt } from './json-schema.ts';
import type { Problem } from './problem.ts';
import { monitors, settingsSchema } from './settings.ts';
import { show } from './show.ts';

const line = z
  .string()
  .regex(/^\P{Cc}{1,100}$/u)
  .describe('text of one line, 1 to 100 characters');

/** The keys of an experiment file. `parameters` has a reader of its own. */
export const fileSchema = settingsSchema.extend({
  name: line.optional(),
  description: z.string().optional(),
  method: z.enum(methods).default('grid'),
  metric: z
    .strictObject({ name: z.enum(monitors).default('val_accuracy'), goal: z.enum(goals).optional() })
    .prefault({}),
  parameters: z.unknown().optional(),
  run_cap: z.number().int().min(1).max(1_000_000).optional(),
});

export const fileJsonSchema = jsonSchemaOf(fileSchema);

const launching =
  'which tells W&B what to start and Thaw does not use: the trials train the model that this file describes';
const placing = 'which places a sweep on a W&B server and Thaw does not use: runs are kept in --runs-dir';

/** Keys of W&B's sweep files that have no meaning here, and why. */
const notUsed: Record<string, string> = {
  program: launching,
  command: launching,
  controller: launching,
  project: placing,
  entity: placing,
};

/** What is refused with a reason of its own, where the form alone would only say "unknown". */
export function refusals(input: unknown): Problem[] {
  if (!isMapping(input)) return [];
  const problems: Problem[] = Object.entries(notUsed)
    .filter(([key]) => Object.hasOwn(input, key))
    .map(([key, why]) => ({ path: [key], message: `found a key of W&B, ${why}; allowed: leave it out` }));
  if (Object.hasOwn(input, 'early_terminate')) {
    const message = `found ${show(input['early_terminate'])}: not supported yet by method ${methods.join(', ')}, which trains every trial to its end; allowed: leave it out (training.early_stopping ends a trial that no longer improves)`;
    problems.push({ path: ['early_terminate'], message });
  }
  const metric = valueAt(input, ['metric', 'name']);
  if (typeof metric === 'string' && /^(test|gap)/i.test(metric)) {
    const why =
      'choosing the best of many trials on the test set fools yourself: its test result is then no longer that of unseen images';
    const message = `found ${show(metric)}: ${why}; allowed: ${monitors.join(', ')} (test results are reported for every trial)`;
    problems.push({ path: ['metric', 'name'], message });
  }
  return problems;
}
