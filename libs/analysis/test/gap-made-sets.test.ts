import { describe, expect, it } from 'vitest';
import { allCopies, measured, worlds } from './support/made-worlds.ts';

const noKind = /no shift can be seen|that it makes them harder cannot be shown/;
const otherKind =
  /Within a class the test images are of another kind than the validation images: a classifier/;
const inTest =
  /so the test accuracy is not honest either\. On the \d+ images without one, of \d+ photographs/;
const leaks = /^Leakage: \+\d+\.\d points .* twin in training/m;
const none =
  /^Leakage: none\. No validation image shares its photograph with a training image, and no test image with either\./m;
const otherShares =
  /^Shares: \+\d+\.\d points .*cat is 66\.7 % of the validation images and 16\.7 % of the test images/m;

describe.each<{ name: keyof typeof worlds; says: RegExp[]; not: RegExp[] }>([
  { name: 'nothing', says: [none, noKind], not: [/of another kind/, /^Shares/m, /not honest/] },
  {
    name: 'leakage into validation',
    says: [leaks, noKind, /^No test image shares its photograph with/m, /Without copies on either side/],
    not: [/of another kind/, /^Shares/m, /not honest/],
  },
  {
    name: 'leakage into test',
    says: [/^Leakage into validation: none\. /m, inTest, /324 of 540 \(60\.0 %\) test images/, noKind],
    not: [/^Leakage: none/m, /of another kind/, /^Shares/m],
  },
  {
    name: 'different class shares',
    says: [none, otherShares, noKind],
    not: [/of another kind/, /not honest/],
  },
  { name: 'shift', says: [none, otherKind], not: [/Not explained/, /^Shares/m, /not honest/] },
  {
    name: 'leakage into both',
    says: [leaks, inTest, noKind, /Without copies on either side, and without selection, the gap is/],
    not: [/of another kind/, /^Leakage.*none\./m],
  },
  { name: 'shares and shift', says: [none, otherShares, otherKind], not: [/Not explained/, /not honest/] },
])('a gap that is made of $name', ({ name, says, not }) => {
  it.each([1, 2])('is told so, %i', (seed) => {
    const { made, cause } = worlds[name];
    const truth: Readonly<Record<string, number>> = worlds[name].truth;
    const { cause: found, parts, honestGap, part, gap, text } = measured(`${name} ${seed}`, made);
    expect(found).toBe(cause);
    expect(parts.reduce((sum, { value }) => sum + value!, 0)).toBeCloseTo(gap.gap.value, 12);
    for (const { part: of, value } of parts) {
      expect(Math.abs(value! - (truth[of] ?? 0)), `${of} in ${text}`).toBeLessThan(0.09);
    }
    for (const words of says) expect(text).toMatch(words);
    for (const words of not) expect(text).not.toMatch(words);
    const rest = part('shift') ?? part('rest')!;
    expect(honestGap!.value).toBeCloseTo(rest + part('shares')!, 12);
    expect(honestGap!.ci95![0]).toBeLessThan(honestGap!.value);
  });
});

it('says that the honest test accuracy cannot be known where nearly every test image is a copy', () => {
  const { part, cause, text, parts, gap } = measured('all', allCopies);
  expect([part('test_leakage'), part('shares'), cause]).toEqual([null, null, null]);
  expect(parts.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBeCloseTo(gap.gap.value, 12);
  expect(text).toMatch(
    /What it is without them cannot be said of this run: too few test images have no twin in training or validation \(only 27 images of 9 photographs\)/,
  );
  expect(text).toMatch(/what was not measured is in here too|no shift can be seen/);
});
