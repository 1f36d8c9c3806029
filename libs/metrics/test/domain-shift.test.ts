import { Random } from '@thaw/base';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { domainShift, type FeatureSet } from '../src/index.ts';
import { energyDistance } from '../src/shift/energy-distance.ts';
import { groupFolds } from '../src/shift/group-folds.ts';

const width = 12;

/** Photographs of two classes, each with copies: a centre a class, the photograph's own place, and a little noise a copy. */
function photographs(
  seed: string,
  {
    groups = 40,
    copies = 5,
    shift = 0,
    shiftedClass = null as number | null,
    prefix = seed,
    labelOf = (group: number) => group % 2,
  } = {},
): FeatureSet {
  const random = new Random('photographs', seed);
  const images = Array.from({ length: groups }, (_, group) => {
    const label = labelOf(group);
    const moved = shiftedClass === null || label === shiftedClass ? shift : 0;
    const place = Array.from(
      { length: width },
      (_, j) => random.normal() + (j === 0 ? 3 * label : 0) + moved,
    );
    return Array.from({ length: copies }, () => ({
      label,
      group: `${prefix} ${group}`,
      features: place.map((value) => value + 0.1 * random.normal()),
    }));
  }).flat();
  return {
    features: images.map(({ features }) => features),
    labels: images.map(({ label }) => label),
    groups: images.map(({ group }) => group),
  };
}

/** A tenth of the photographs are of class 1, or all but a tenth. */
const few = { labelOf: (group: number) => Number(group % 10 === 9) };
const many = { labelOf: (group: number) => Number(group % 10 > 0) };

const shiftOf = (validation: FeatureSet, test: FeatureSet, seed = 1) =>
  domainShift(validation, test, { random: new Random('shift', seed) });

describe('domainShift', () => {
  it('seldom finds one between photographs of one distribution', () => {
    const found = Array.from({ length: 10 }, (_, i) => {
      const { auc, ci95, perClass } = shiftOf(photographs(`a${i}`), photographs(`b${i}`), i);
      expect(auc).toBeGreaterThanOrEqual(ci95![0]);
      expect(auc).toBeLessThanOrEqual(ci95![1]);
      return [ci95![0] > 0.5 || ci95![1] < 0.5, ...perClass.map(({ p }) => p! <= 0.05)];
    }).flat();
    expect(found.filter(Boolean).length / found.length).toBeLessThan(0.15);
  });

  it('finds one that there is, and in which class', () => {
    const moved = photographs('b', { shift: 1.5, shiftedClass: 1 });
    const { auc, ci95, perClass } = shiftOf(photographs('a'), moved);
    expect(auc).toBeGreaterThan(0.65);
    expect(ci95![0]).toBeGreaterThan(0.5);
    const [still, shifted] = perClass;
    expect(still).toMatchObject({ class: 0, validationGroups: 20, testGroups: 20 });
    expect(still!.distance).toBeLessThan(still!.chance95!);
    expect(shifted!.distance).toBeGreaterThan(2 * shifted!.chance95!);
    expect(shifted!.p).toBeLessThan(0.01);
  });

  it('does not take different class shares for one', () => {
    const found = Array.from({ length: 5 }, (_, i) => {
      const [validation, test] = [photographs(`a${i}`, few), photographs(`b${i}`, many)];
      const blind = (set: FeatureSet) => ({ ...set, labels: Array.from(set.labels, () => 0) });
      expect(shiftOf(blind(validation), blind(test), i).ci95![0]).toBeGreaterThan(0.6);
      const other = shiftOf(validation, test, i);
      expect(other.auc).toBeLessThan(0.7);
      return other.ci95![0] > 0.5;
    });
    expect(found.filter(Boolean).length).toBeLessThanOrEqual(1);
  });

  it('finds one within the classes whatever their shares', () => {
    const moved = photographs('b', { ...many, shift: 1.5, groups: 80 });
    const { auc, ci95 } = shiftOf(photographs('a', { ...few, groups: 80 }), moved);
    expect(auc).toBeGreaterThan(0.75);
    expect(ci95![0]).toBeGreaterThan(0.5);
  });

  it('says nothing where no class is on both sides', () => {
    const { auc, ci95 } = shiftOf(
      photographs('a', { labelOf: () => 0 }),
      photographs('b', { labelOf: () => 1 }),
    );
    expect([auc, ci95]).toEqual([null, null]);
  });

  it('needs the groups: taken as photographs of their own, copies pass for a difference between the sets', () => {
    const few = { groups: 6, copies: 40 };
    const [validation, test] = [photographs('c', few), photographs('d', few)];
    const grouped = shiftOf(validation, test);
    const ungrouped = shiftOf({ ...validation, groups: null }, { ...test, groups: null });
    expect(ungrouped.auc).toBeGreaterThan(0.95);
    expect(ungrouped.perClass.every(({ p }) => p! < 0.01)).toBe(true);
    expect(grouped.auc).toBeLessThan(0.8);
    expect(grouped.perClass.every(({ p }) => p! > 0.05)).toBe(true);
  });

  it('keeps the copies of a photograph that is in both sets in one fold', () => {
    const same = photographs('a', { prefix: 'one name' });
    const { auc } = shiftOf(same, same);
    expect(auc).toBeCloseTo(0.5, 1);
  });

  it('is the same for the same seed', () => {
    const sets = [photographs('a', { groups: 12 }), photographs('b', { groups: 12 })] as const;
    expect(shiftOf(...sets)).toEqual(shiftOf(...sets));
  });

  it('says nothing where a side has a single group', () => {
    const one = photographs('a', { groups: 1 });
    const { auc, ci95, perClass } = shiftOf(one, photographs('b'));
    expect([auc, ci95]).toEqual([null, null]);
    expect(perClass).toEqual([
      { class: 0, distance: null, chance95: null, p: null, validationGroups: 1, testGroups: 20 },
      { class: 1, distance: null, chance95: null, p: null, validationGroups: 0, testGroups: 20 },
    ]);
  });

  it('passes over features that never change', () => {
    const constant = (set: FeatureSet) => ({
      ...set,
      features: set.features.map((row) => [...Array.from(row), 0.1]),
    });
    const [a, b] = [photographs('a', { groups: 8 }), photographs('b', { groups: 8 })];
    expect(shiftOf(constant(a), constant(b)).perClass[0]!.distance).toBeCloseTo(
      shiftOf(a, b).perClass[0]!.distance!,
      10,
    );
  });

  it('refuses lengths that differ', () => {
    const set = photographs('a', { groups: 4 });
    expect(() => shiftOf({ ...set, labels: [0] }, set)).toThrow(RangeError);
    expect(() => shiftOf({ ...set, groups: ['a'] }, set)).toThrow(RangeError);
  });
});

describe('energyDistance', () => {
  const random = new Random('energy');
  /** Of points on a line. */
  const between = (points: readonly number[]) =>
    Float64Array.from(points.flatMap((a) => points.map((b) => Math.abs(a - b))));

  test.each([
    ['no difference', [0, 2, 0, 2], (2 * 1 - 2 - 2) / 2],
    ['two heaps that do not mix', [0, 0, 5, 5], 1],
    ['heaps that touch', [0, 1, 1, 2], (2 * 1 - 1 - 1) / 2],
    ['all in one place', [3, 3, 3, 3], 0],
  ])('of %s', (_, points, expected) => {
    const { distance } = energyDistance(between(points), [0, 0, 1, 1], { random });
    expect(distance).toBeCloseTo(expected, 12);
  });

  it('is not matched by chance when sides are apart, and its p is never 0', () => {
    const points = Array.from({ length: 30 }, (_, i) => (i < 15 ? 0 : 10) + random.normal());
    const sides = points.map((_, i) => Number(i >= 15));
    const { p } = energyDistance(between(points), sides, { random, permutations: 199 });
    expect(p).toBe(1 / 200);
  });

  it('has about 5 % of its p below 0.05 when there is no difference', () => {
    const rounds = 300;
    const small = Array.from({ length: rounds }, () => {
      const points = Array.from({ length: 12 }, () => random.normal());
      return (
        energyDistance(
          between(points),
          points.map((_, i) => i % 2),
          { random, permutations: 99 },
        ).p! <= 0.05
      );
    }).filter(Boolean).length;
    expect(small / rounds).toBeGreaterThan(0.01);
    expect(small / rounds).toBeLessThan(0.1);
  });
});

describe('groupFolds', () => {
  it('leaves no two folds further apart than their largest group', () => {
    const count = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 40 }), fc.integer(), (sizes, seed) => {
        const folds = groupFolds(
          sizes.map((size) => [size]),
          4,
          new Random(seed),
        );
        const filled = [0, 0, 0, 0];
        folds.forEach((fold, group) => (filled[fold]! += sizes[group]!));
        expect(Math.max(...filled) - Math.min(...filled)).toBeLessThanOrEqual(Math.max(...sizes));
      }),
    );
  });

  it('gives every fold groups of both sides', () => {
    const counts = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? [7, 0] : [0, 3]));
    const folds = groupFolds(counts, 5, new Random(1));
    for (const side of [0, 1]) {
      const used = new Set([...folds].filter((_, group) => counts[group]![side]! > 0));
      expect(used.size).toBe(5);
    }
  });
});
