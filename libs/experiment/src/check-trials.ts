import type { SettingsCheck } from './check-settings.ts';
import { checkSettings } from './check-settings.ts';
import type { Parameter } from './experiment.ts';
import { gridPositions, spanningPositions, valuesAt } from './grid.ts';
import type { Mistake } from './mistake.ts';
import type { Problem } from './problem.ts';
import { dotted } from './problem.ts';
import type { VariedSetting } from './read-parameters.ts';
import { overlap } from './read-parameters.ts';
import type { Settings } from './settings.ts';
import { settingsInput, withValues } from './trial-input.ts';
import type { Tree } from './tree.ts';
import { deepest, toPlain } from './tree.ts';

/** Larger grids are checked up to here (every value at least once); their later trials are checked when they start. */
const MOST_TRIALS = 1000;

/** The varied settings by dotted path, with plain values. */
export function plainParameters(varied: readonly VariedSetting[]): Record<string, Parameter> {
  return Object.fromEntries(
    varied.map(({ path, values }) => [dotted(path), { values: values.map(toPlain) }]),
  );
}

/**
 * Checks the settings of the trials, each mistake placed where its value stands: in the parameter or in the base settings.
 * `failed` are sections of the base with a mistake of their own; nothing is said about them again.
 */
export function checkTrials(
  base: { settings: Settings; tree: Tree; failed: ReadonlySet<string> },
  varied: readonly VariedSetting[],
  checks: readonly SettingsCheck[],
): Mistake[] {
  const input = settingsInput(base.settings);
  const parameters = plainParameters(varied);
  const mistakesAt = (position: readonly number[]): Mistake[] =>
    checkSettings(withValues(input, valuesAt(parameters, position)), checks).problems.flatMap((problem) => {
      const inParameter = placeInParameter(problem, varied, position);
      if (inParameter !== null) return [inParameter];
      if (base.failed.has(String(problem.path[0]))) return [];
      return [{ ...problem, origin: deepest(base.tree, problem.path).origin }];
    });
  const sizes = varied.map(({ values }) => values.length);
  const mistakes = spanningPositions(sizes).flatMap(mistakesAt);
  if (mistakes.length > 0) return mistakes;
  let checked = 0;
  for (const position of gridPositions(sizes)) {
    mistakes.push(...mistakesAt(position));
    checked += 1;
    if (checked === MOST_TRIALS) break;
  }
  return mistakes;
}

function placeInParameter(
  problem: Problem,
  varied: readonly VariedSetting[],
  position: readonly number[],
): Mistake | null {
  const axis = varied.findIndex(({ path }) => overlap(path, problem.path));
  const setting = varied[axis];
  if (setting === undefined || (problem.path.length === 1 && setting.path.length > 1)) return null;
  const value = setting.values[position[axis]!]!;
  const inside = problem.path.slice(setting.path.length);
  return {
    path: ['parameters', ...setting.path, ...inside],
    message: problem.message,
    origin: deepest(value, inside).origin,
  };
}
