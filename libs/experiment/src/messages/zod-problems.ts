import type * as z from 'zod';
import { allowedWords, describeAllowed } from './describe-allowed.ts';
import type { JsonSchema } from './json-schema.ts';
import { isMapping, meantAlternative, schemaAt, valueAt } from './json-schema.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import { show } from './show.ts';
import { unknownKey } from './unknown-key.ts';

/** Words that YAML 1.1 read as true and false and YAML 1.2 reads as text. */
const oldSwitches: Record<string, string> = { yes: 'true', on: 'true', no: 'false', off: 'false' };

type Issue = z.core.$ZodIssue;

/**
 * zod's findings in our words. What is allowed is read off the schema, not off the issue, so that every message about one setting
 * says the same; of a union's findings those of the alternative that the value was meant for remain.
 */
export function zodProblems(issues: readonly Issue[], root: JsonSchema, input: unknown): Problem[] {
  const problems = issues.flatMap((issue) => problemsOf(issue, [], root, input));
  return problems.filter((problem) => !isNamedByUnknownKey(problem, problems));
}

function problemsOf(issue: Issue, base: Problem['path'], root: JsonSchema, input: unknown): Problem[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  const value = valueAt(input, path);
  const schema = schemaAt(root, path, input) ?? {};
  switch (issue.code) {
    case 'invalid_union': {
      const inner = issue.errors[meantAlternative(schema.anyOf ?? [], value)];
      const isEmpty = isMapping(value) && Object.keys(value).length === 0;
      if (inner !== undefined && !isEmpty)
        return inner.flatMap((each) => problemsOf(each, path, root, input));
      return [{ path, message: wrongValue(value, schema) }];
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: unknownKey(root, path.map(String), key, value),
      }));
    case 'custom':
      return [{ path, message: `found ${show(value)}; allowed: ${issue.message}` }];
    default:
      return [{ path, message: wrongValue(value, schema) }];
  }
}

function wrongValue(value: unknown, schema: JsonSchema): string {
  return `found ${show(value)}; allowed: ${describeAllowed(schema)}${hint(value, schema)}`;
}

function hint(value: unknown, schema: JsonSchema): string {
  const isText = schema.type === 'string' && schema.enum === undefined && schema.const === undefined;
  if (isText) return typeof value === 'number' || typeof value === 'boolean' ? '; write it in quotes' : '';
  if (typeof value !== 'string') return '';
  if (/^(true|false|[-+.\d][\d.]*(e[-+]?\d+)?)$/i.test(value)) return '; write it without quotes';
  const words = allowedWords(schema);
  const switched = words.includes('true') ? oldSwitches[value.toLowerCase()] : undefined;
  return didYouMean(switched ?? nearest(value, words));
}

/** A required key that is only absent because it is misspelt: the misspelling is the mistake to report. */
function isNamedByUnknownKey(problem: Problem, problems: readonly Problem[]): boolean {
  const key = problem.path.at(-1);
  if (!problem.message.startsWith('found nothing;')) return false;
  return problems.some(
    ({ path, message }) =>
      path.length === problem.path.length &&
      path.slice(0, -1).every((step, index) => step === problem.path[index]) &&
      message.endsWith(didYouMean(String(key))),
  );
}
