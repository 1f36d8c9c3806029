/**
 * How often `gap` names what a gap was made of: worlds in which that is known (nothing, each cause alone, two at once), drawn
 * anew for every seed, with everything measured as in a run but the second training, which is drawn from the same world.
 *
 *   npx tsx bench/gap-causes.ts [--seeds 100]
 */
import { parseArgs } from 'node:util';
import { measured, worlds } from '@thaw/analysis/made-worlds';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '100' } } });
const seeds = Number(values.seeds);

for (const [name, { made, cause, truth }] of Object.entries(worlds)) {
  const named = new Map<string, number>();
  const known: Readonly<Record<string, number>> = truth;
  let [within, intervals, farthest] = [0, 0, 0];
  for (let seed = 0; seed < seeds; seed++) {
    const { cause: found, parts, gap } = measured(`${name} ${seed}`, made);
    named.set(found ?? 'none', (named.get(found ?? 'none') ?? 0) + 1);
    const sum = parts.reduce((total, { value }) => total + (value ?? 0), 0);
    farthest = Math.max(farthest, Math.abs(sum - gap.gap.value));
    for (const { part, value, ci95 } of parts) {
      // What is 0 for certain is no interval that could miss.
      if (value === null || !ci95 || ci95[0] === ci95[1]) continue;
      const is = known[part] ?? 0;
      within += Number(ci95[0] <= is && is <= ci95[1]);
      intervals++;
    }
  }
  const counts = [...named].map(([each, count]) => `${each} ${count}`).join(', ');
  process.stdout.write(
    `${name}: named ${counts} of ${seeds} (right: ${cause ?? 'none'}); intervals of parts hold the truth in ` +
      `${((100 * within) / intervals).toFixed(1)} % of ${intervals}; parts miss the gap by ${farthest.toExponential(0)} at most\n`,
  );
}
