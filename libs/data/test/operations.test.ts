import { readFileSync } from 'node:fs';
import { Random } from '@thaw/base';
import type { Augmentation } from '@thaw/experiment';
import { describe, expect, it, test } from 'vitest';
import { applyOperation } from '../src/augmentation/operations/apply-operation.ts';
import { drawOperations } from '../src/augmentation/operations/draw-operations.ts';
import type { Operation } from '../src/augmentation/operations/operation.ts';

/** Made by golden/make_operations.py. */
const { size, image, cases } = JSON.parse(
  readFileSync(new URL('golden/operations.json', import.meta.url), 'utf8'),
) as { size: number; image: number[]; cases: { operation: Operation; pixels: number[] }[] };

const edge = { fill_mode: 'nearest' } as const;
const apply = (operation: Operation, pixels: readonly number[] = image, side = size) => [
  ...applyOperation(Float32Array.from(pixels), side, operation, edge),
];
const inside = (i: number) => {
  const at = [Math.floor(i / 3) % size, Math.floor(i / 3 / size)];
  return at.every((place) => place > 0 && place < size - 1);
};

describe('an operation', () => {
  it.each(cases.map((each) => ({ ...each, words: JSON.stringify(each.operation) })))(
    'does what the layer of Keras does: $words',
    ({ operation, pixels }) => {
      const result = apply(operation);
      // Keras takes black for what lies beyond the border.
      const counts = operation.name === 'sharpness' ? inside : () => true;
      const worst = result.map((value, i) => (counts(i) ? Math.abs(value - pixels[i]!) : 0));
      expect(Math.max(...worst)).toBeLessThan(0.01);
    },
  );

  it.each<[Operation, number[]]>([
    [{ name: 'brightness', factor: 0.5 }, [5, 50, 100]],
    [{ name: 'brightness', factor: 1.5 }, [15, 150, 255]],
    [{ name: 'identity' }, [10, 100, 200]],
    // Each channel has but one value.
    [{ name: 'auto_contrast' }, [10, 100, 200]],
    [{ name: 'equalize' }, [10, 100, 200]],
    // The border stays as it is.
    [{ name: 'sharpness', factor: 0 }, [10, 100, 200]],
  ])('is as worked by hand: %j', (operation, expected) => {
    expect(apply(operation, [10, 100, 200], 1)).toEqual(expected);
  });
});

/** Draws for many images and gives what came out. */
function drawn(options: Pick<Augmentation, 'rand_augment' | 'trivial_augment'>, side = 100): Operation[][] {
  return Array.from({ length: 3000 }, (_, i) => [...drawOperations(options, side, new Random('draw', i))]);
}
const named = (operations: readonly Operation[], name: Operation['name']) =>
  operations.filter((each) => each.name === name);
const valuesOf = (operations: readonly Operation[], key: string) =>
  operations.map((each) => (each as unknown as Record<string, number>)[key]!);
const extremes = (values: readonly number[]) => [Math.min(...values), Math.max(...values)];
const sharesOf = (operations: readonly Operation[]) =>
  [...new Set(operations.map(({ name }) => name))].map(
    (name) => named(operations, name).length / operations.length,
  );

describe('RandAugment', () => {
  const all = drawn({ rand_augment: { num_ops: 2, factor: 1 } });
  const operations = all.flat();

  it('draws so many for each image by itself, of eleven kinds alike', () => {
    expect(all.every(({ length }) => length === 2)).toBe(true);
    const shares = sharesOf(operations);
    expect(shares.length).toBe(11);
    for (const share of shares) expect(Math.abs(share - 1 / 11)).toBeLessThan(0.015);
    // Two of a batch seldom get the same.
    const same = all.filter((each, i) => i > 0 && each[0]!.name === all[i - 1]![0]!.name);
    expect(same.length / all.length).toBeLessThan(0.2);
  });

  it.each<[Operation['name'], string, number, number]>([
    ['rotate', 'degrees', -30, 30],
    ['shear', 'x', -0.3, 0.3],
    ['shear', 'y', -0.3, 0.3],
    ['translate', 'x', -45.3, 45.3],
    ['translate', 'y', -45.3, 45.3],
    ['brightness', 'factor', 0.1, 1.9],
    ['color', 'factor', 0.1, 1.9],
    ['contrast', 'factor', 0.1, 1.9],
    ['sharpness', 'factor', 0.1, 1.9],
    ['posterize', 'bits', 4, 8],
    ['solarize', 'threshold', 0, 256],
  ])('goes either way as far as the paper: %s, %s', (name, key, low, high) => {
    const [least, largest] = extremes(valuesOf(named(operations, name), key)) as [number, number];
    expect(least).toBeGreaterThanOrEqual(low - 0.02);
    expect(largest).toBeLessThanOrEqual(high + 0.02);
    expect(largest - least).toBeGreaterThan(0.95 * (high - low));
  });

  it('does less with less: a small factor leaves nearly all bits and values, where Keras takes them', () => {
    const weak = drawn({ rand_augment: { num_ops: 1, factor: 0.05 } }).flat();
    expect(extremes(valuesOf(named(weak, 'posterize'), 'bits'))).toEqual([8, 8]);
    expect(extremes(valuesOf(named(weak, 'solarize'), 'threshold'))[0]).toBeGreaterThan(243);
    expect(extremes(valuesOf(named(weak, 'rotate'), 'degrees')).every((each) => Math.abs(each) <= 1.5)).toBe(
      true,
    );
    const half = drawn({ rand_augment: { num_ops: 1, factor: 0.5 } }).flat();
    expect(extremes(valuesOf(named(half, 'brightness'), 'factor')).map((each) => each.toFixed(1))).toEqual([
      '0.6',
      '1.4',
    ]);
  });
});

describe('TrivialAugment', () => {
  const all = drawn({ trivial_augment: true });
  const operations = all.flat();

  it('draws one of fourteen for each image', () => {
    expect(all.every(({ length }) => length === 1)).toBe(true);
    // Shears and shifts along each axis by themselves.
    const along = (name: Operation['name'], axis: string) =>
      valuesOf(named(operations, name), axis).filter((value) => value !== 0).length / operations.length;
    const counts = [
      along('shear', 'x'),
      along('shear', 'y'),
      along('translate', 'x'),
      along('translate', 'y'),
    ];
    for (const share of counts) expect(Math.abs(share - (1 / 14) * (30 / 31))).toBeLessThan(0.015);
    expect(sharesOf(operations).length).toBe(12);
    expect(Math.abs(named(operations, 'identity').length / operations.length - 1 / 14)).toBeLessThan(0.015);
  });

  it('of any of 31 strengths, as far as the paper, Wide', () => {
    const degrees = valuesOf(named(operations, 'rotate'), 'degrees');
    expect(extremes(degrees)).toEqual([-135, 135]);
    expect(new Set(degrees.map((each) => Math.abs(each).toFixed(3))).size).toBe(31);
    expect(extremes(valuesOf(named(operations, 'translate'), 'x'))).toEqual([-32, 32]);
    expect(extremes(valuesOf(named(operations, 'posterize'), 'bits'))).toEqual([2, 8]);
    const factors = extremes(valuesOf(named(operations, 'color'), 'factor'));
    expect(factors.map((each) => each.toFixed(2))).toEqual(['0.01', '1.99']);
  });
});

test('an image gets nothing where neither is asked for, nor none', () => {
  expect(drawOperations({}, 64, new Random(1))).toEqual([]);
  expect(drawOperations({ trivial_augment: false }, 64, new Random(1))).toEqual([]);
  expect(drawOperations({ rand_augment: { num_ops: 0, factor: 1 } }, 64, new Random(1))).toEqual([]);
});
