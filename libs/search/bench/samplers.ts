/**
 * How good the values are that `bayes` finds on published test functions, beside Optuna's TPE and random draws: 50 seeds, 100
 * trials.
 *
 *   npx tsx libs/search/bench/samplers.ts            # Optuna's figures from libs/search/test/golden, made by the script there
 *
 * Worse than Optuna means: by Mann and Whitney's test that our values tend to be larger, at 5 % over all functions (Bonferroni).
 */
import { readFileSync } from 'node:fs';
import { median } from '@thaw/base';
import { bestValue } from '../test/best-values.ts';
import { functions, type FunctionName } from '../test/functions.ts';
import { rankScore } from '../test/rank-test.ts';

const golden = new URL('../test/golden/optuna-tpe.json', import.meta.url);
const { optuna, trials, best } = JSON.parse(readFileSync(golden, 'utf8')) as {
  optuna: string;
  trials: number;
  best: Record<FunctionName, { tpe: number[]; random: number[] }>;
};
/** One-sided, 0.05 / 11. */
const limit = 2.61;

const row = (...cells: string[]) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(17) : cell.padStart(13))).join(''));
console.log(
  `Median best of ${trials} trials over the seeds; score: of the rank test that ours are larger than Optuna ${optuna}'s`,
);
row('function', 'bayes', 'Optuna TPE', 'score', 'random', 'vs random', '');
let fails = 0;
for (const name of Object.keys(functions) as FunctionName[]) {
  const { tpe } = best[name];
  const of = (method: 'bayes' | 'random') => tpe.map((_, seed) => bestValue(name, method, trials, { seed }));
  const [ours, random] = [of('bayes'), of('random')];
  const [score, beside] = [rankScore(ours, tpe), rankScore(ours, random)];
  const holds = score < limit && beside < -limit && median(ours) < median(random);
  if (!holds) fails++;
  row(
    name,
    ...[median(ours), median(tpe)].map((value) => value.toPrecision(5)),
    score.toFixed(2),
    median(random).toPrecision(5),
    beside.toFixed(2),
    holds ? '' : 'FAILS',
  );
}
process.exitCode = fails > 0 ? 1 : 0;
