import type { SettingsCheck } from './check-settings.ts';
import { checkSettings } from './check-settings.ts';
import { gridPositions } from '../space/grid.ts';
import type { Mistake } from '../messages/mistake.ts';
import type { Problem } from '../messages/problem.ts';
import { dotted } from '../messages/problem.ts';
import type { VariedSetting } from '../parameters/read-parameters.ts';
import { overlap, parametersOf } from '../parameters/read-parameters.ts';
import type { Settings } from '../settings.ts';
import { activeValues } from '../space/space.ts';
import { settingsInput, replaceValues } from '../trial-input.ts';
import type { Tree } from '../yaml/tree.ts';
import { deepest, toPlain } from '../yaml/tree.ts';

/** Larger grids are checked up to here (every value at least once); their later trials are checked when they start. */
const MOST_TRIALS = 1000;

const DRAWN = 'found values such as ';

/**
 * Checks the settings of the trials, each mistake placed where its value stands: in the parameter or in the base settings.
 * Of what is drawn the ends and a value between are checked. `failed` are sections of the base with a mistake of their own;
 * nothing is said about them again.
 */
export function checkTrials(
  base: { settings: Settings; tree: Tree; failed: ReadonlySet<string> },
  varied: readonly VariedSetting[],
  checks: readonly SettingsCheck[],
): Mistake[] {
  const input = settingsInput(base.settings);
  const parameters = parametersOf(varied);
  const mistakesAt = (position: readonly number[]): Mistake[] => {
    const values = varied.map(({ path, samples }, axis) => [
      dotted(path),
      toPlain(samples[position[axis]!]!),
    ]);
    const active = activeValues(parameters, Object.fromEntries(values));
    return checkSettings(replaceValues(input, active), checks).problems.flatMap((problem) => {
      const inParameter = placeInParameter(problem, varied, position, active);
      if (inParameter !== null) return [inParameter];
      if (base.failed.has(String(problem.path[0]))) return [];
      return [{ ...problem, origin: deepest(base.tree, problem.path).origin }];
    });
  };
  const mistakes = onePerDrawn(spanningPositions(varied).flatMap(mistakesAt));
  if (mistakes.length > 0) return mistakes;
  let checked = 0;
  for (const position of gridPositions(varied.map(({ samples }) => samples.length))) {
    mistakes.push(...mistakesAt(position));
    checked += 1;
    if (checked === MOST_TRIALS) break;
  }
  return mistakes;
}

/** Of a distribution that draws several wrong values one is enough to say so. */
function onePerDrawn(mistakes: readonly Mistake[]): Mistake[] {
  const drawn = mistakes.filter(({ message }) => message.startsWith(DRAWN));
  return mistakes.filter(
    (mistake) =>
      !drawn.includes(mistake) || mistake === drawn.find(({ path }) => dotted(path) === dotted(mistake.path)),
  );
}

/** Positions that together touch every value at least once where it matters: one value at a time, of the others the first, or the first beside which it matters. */
function spanningPositions(varied: readonly VariedSetting[]): number[][] {
  const paths = varied.map(({ path }) => dotted(path));
  const first = varied.map(() => 0);
  const beside = (axis: number, position: number[]): number[] =>
    Object.entries(varied[axis]!.parameter.when ?? {}).reduce((result, [other, wanted]) => {
      const place = paths.indexOf(other);
      const index = varied[place]!.samples.findIndex((sample) => wanted.includes(toPlain(sample)));
      return beside(place, result.with(place, index));
    }, position);
  return [
    first,
    ...varied.flatMap(({ samples }, axis) =>
      samples.map((_, index) => beside(axis, first.with(axis, index))),
    ),
  ];
}

function placeInParameter(
  problem: Problem,
  varied: readonly VariedSetting[],
  position: readonly number[],
  active: Readonly<Record<string, unknown>>,
): Mistake | null {
  const axis = varied.findIndex(({ path }) => dotted(path) in active && overlap(path, problem.path));
  const setting = varied[axis];
  if (setting === undefined || (problem.path.length === 1 && setting.path.length > 1)) return null;
  const value = setting.samples[position[axis]!]!;
  const inside = problem.path.slice(setting.path.length);
  const isDrawn = 'distribution' in setting.parameter;
  return {
    path: ['parameters', ...setting.path, ...inside],
    message: isDrawn ? problem.message.replace(/^found /, DRAWN) : problem.message,
    origin: deepest(value, inside).origin,
  };
}
