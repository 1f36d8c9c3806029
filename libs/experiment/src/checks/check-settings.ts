import type * as z from 'zod';
import { isMapping, jsonSchemaOf } from '../messages/json-schema.ts';
import { pathProblems } from '../messages/path-problems.ts';
import type { Problem } from '../messages/problem.ts';
import type { Settings } from '../settings.ts';
import { settingsSchema } from '../settings.ts';
import { zodProblems } from '../messages/zod-problems.ts';
import { augmentationProblems } from './augmentation-problems.ts';
import { datasetProblems } from './dataset-problems.ts';
import { foldsProblems } from './folds-problems.ts';
import { trainingProblems } from './training-problems.ts';

/** Checks of other rooms, such as whether a layer exists. */
export type SettingsCheck = (settings: Settings) => Problem[];

/** What settings may hold. */
export const settingsJsonSchema = () => jsonSchemaOf(settingsSchema);

/** A checked input: the value where sections with mistakes hold their defaults, the mistakes, and the names of those sections. */
export interface Checked<T> {
  value: T;
  problems: Problem[];
  failed: ReadonlySet<string>;
}

/** Checks the form of a mapping of sections. Every section may be absent. */
export function checkForm<T>(schema: z.ZodType<T>, input: unknown): Checked<T> {
  const result = schema.safeParse(input);
  if (result.success) return { value: result.data, problems: [], failed: new Set() };
  const failed = new Set(
    result.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [String(issue.path[0])],
    ),
  );
  const rest = isMapping(input) ? Object.entries(input).filter(([key]) => !failed.has(key)) : [];
  const value = schema.parse(Object.fromEntries(rest));
  return { value, problems: zodProblems(result.error.issues, jsonSchemaOf(schema), input), failed };
}

/**
 * Checks settings as users write them: form, and what they mean together. `checks` see complete settings;
 * what they say about sections that already have a mistake of form is left out.
 */
export function checkSettings(input: unknown, checks: readonly SettingsCheck[]): Checked<Settings> {
  const form = checkForm(settingsSchema, input);
  const meant = checks.flatMap((check) => check(form.value));
  const problems = [...form.problems, ...meant.filter(({ path }) => !form.failed.has(String(path[0])))];
  return { ...form, problems };
}

/** Checks that need nothing but the settings. */
export const settingsChecks: readonly SettingsCheck[] = [
  datasetProblems,
  groupsProblems,
  foldsProblems,
  augmentationProblems,
  trainingProblems,
];
/** Checks that also look at the disk. */
export const diskChecks: readonly SettingsCheck[] = [pathProblems];

function groupsProblems({ dataset, split }: Settings): Problem[] {
  if (split.strategy !== 'grouped' || split.groups !== undefined || 'source' in dataset) return [];
  const allowed = 'with split.groups: detect, {detect: scene}, {csv: FILE, column: NAME} or {pattern: REGEX}';
  const message = `found "grouped", but nothing that names the groups of these images; allowed: ${allowed}`;
  return [{ path: ['split', 'strategy'], message }];
}
