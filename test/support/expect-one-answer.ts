import { percentInterval, points, pointsInterval, pValue } from '@thaw/base';
import { expect } from 'vitest';
import type { Surfaces } from './surfaces.ts';

/** Every pair of the runs, asked for among all and alone, is compared with the same figures and verdict everywhere; returns how many pairs. */
export async function expectOneComparison(surfaces: Surfaces, runs: readonly string[]): Promise<number> {
  const { document, text } = await surfaces.compare(runs);
  expect(await surfaces.comparison(runs)).toEqual(document);
  for (const { difference, ci95, p, p_corrected, verdict } of document.comparisons) {
    const cells = [points(difference), pointsInterval(ci95), pValue(p), pValue(p_corrected), verdict];
    expect(text.replace(/ +/g, ' ')).toContain(cells.join(' '));
  }
  for (const { part, a, b, difference, ci95, p } of document.comparisons) {
    const alone = await surfaces.comparison([a, b]);
    // The same pair, whose p-value needs no correction now.
    expect(alone.comparisons.find((each) => each.part === part)).toMatchObject({
      ...{ a, b, difference, ci95, p },
      p_corrected: p,
    });
    if (part === 'test') expect((await surfaces.compare([a, b])).document).toEqual(alone);
  }
  return document.pairs.length;
}

/** Each run has the same results, intervals included, in the API, the pages' data and `runs show`. */
export async function expectOneResult(surfaces: Surfaces, runs: readonly string[]): Promise<void> {
  const described = await surfaces.described(runs);
  for (const [i, run] of runs.entries()) {
    const results = await surfaces.results(run);
    expect(described[i]).toEqual(results);
    const { document, text } = await surfaces.show(run);
    expect(document.results).toEqual(results);
    const { validation, test, gap } = results.overall;
    for (const interval of [
      percentInterval(validation.ci95),
      percentInterval(test.ci95),
      pointsInterval(gap.ci95),
      ...results.per_class.flatMap(({ validation, test }) => [
        percentInterval(validation.recall_ci95),
        percentInterval(test.recall_ci95),
      ]),
    ]) {
      expect(text).toContain(interval);
    }
    const { run: compared } = { run: (await surfaces.comparison([run, runs[i === 0 ? 1 : 0]!])).runs[0]! };
    expect(compared.test).toEqual({ value: test.accuracy, ci95: test.ci95 });
    expect(compared.validation).toEqual({ value: validation.accuracy, ci95: validation.ci95 });
  }
}
