import { readFileSync } from 'node:fs';
import { Random } from '@thaw/base';
import { describe, expect, it, test } from 'vitest';
import { nearestNeighbours, neighbourGraph, principalComponents, umap } from '../src/index.ts';

interface Golden {
  cases: {
    name: string;
    features: number[][];
    components: number[][];
    variances: number[];
    shares: number[];
    scores: number[][];
  }[];
}

const golden = JSON.parse(
  readFileSync(new URL('golden/principal-components.json', import.meta.url), 'utf8'),
) as Golden;

describe('principalComponents', () => {
  test.each(golden.cases)("are scikit-learn's: $name", ({ features, components, ...expected }) => {
    const rows = features.map((row) => Float32Array.from(row));
    const found = principalComponents(rows, components.length, new Random('pca'));
    // The features are kept in single precision.
    const near = (values: readonly number[], others: readonly number[]) =>
      values.forEach((value, i) => expect(value).toBeCloseTo(others[i]!, 5));
    found.components.forEach((component, i) => near([...component], components[i]!));
    near(found.variances, expected.variances);
    near(found.shares, expected.shares);
    near([...found.scores], expected.scores.flat());
  });

  it('are not asked for more directions than there are, and find equal variances', () => {
    const corners = [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ].map((row) => Float32Array.from(row));
    const { variances, shares } = principalComponents(corners, 5, new Random(1));
    expect(variances).toHaveLength(2);
    for (const share of shares) expect(share).toBeCloseTo(0.5, 12);
  });

  it('of rows that are all alike are without variance', () => {
    const rows = [1, 2, 3].map(() => Float32Array.of(4, 5, 6));
    const { variances, scores } = principalComponents(rows, 2, new Random(1));
    for (const value of [...variances, ...scores]) expect(value).toBeCloseTo(0, 9);
  });

  it('need a row', () => {
    expect(() => principalComponents([], 2, new Random(1))).toThrow('need at least one row');
  });
});

describe('nearestNeighbours', () => {
  it('names the nearest first, of equally near ones those that come first', async () => {
    const { count, indices, distances } = await nearestNeighbours(Float64Array.of(0, 1, -1, 4), 1, 2);
    expect(count).toBe(2);
    expect([...indices]).toEqual([1, 2, 0, 2, 0, 1, 1, 0]);
    expect([...distances]).toEqual([1, 1, 1, 2, 1, 2, 3, 4]);
  });

  it('gives as many as there are', async () => {
    expect((await nearestNeighbours(Float64Array.of(0, 1), 1, 15)).count).toBe(1);
    expect((await nearestNeighbours(Float64Array.of(7, 7), 2, 15)).count).toBe(0);
  });
});

test('neighbourGraph joins each point to its nearest by 1, and two that name each other by a + b - ab', () => {
  const graph = neighbourGraph({
    count: 2,
    indices: Int32Array.of(1, 2, 0, 2, 1, 0),
    distances: Float64Array.of(1, 3, 1, 2, 2, 3),
  });
  expect([...graph.from]).toEqual([0, 0, 1]);
  expect([...graph.to]).toEqual([1, 2, 2]);
  // Each has log2(3) to give, of which its nearest has 1.
  const rest = Math.log2(3) - 1;
  const expected = [1, 2 * rest - rest ** 2, 1];
  graph.weights.forEach((weight, i) => expect(weight).toBeCloseTo(expected[i]!, 4));
});

describe('umap', () => {
  const groups = 12;
  const [rows, columns] = [120, 8];
  const random = new Random('clusters');
  const centres = Array.from({ length: groups * columns }, () => 6 * random.normal());
  const features = Float64Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return centres[(row % groups) * columns + column]! + random.normal();
  });
  const lay = async (seed: number) => {
    const near = await nearestNeighbours(features, columns, 10);
    const start = Float64Array.from({ length: 2 * rows }, (_, i) => features[(i >> 1) * columns + (i & 1)]!);
    const layout = await umap(neighbourGraph(near), { start, random: new Random(seed), epochs: 60 });
    return { near, layout };
  };

  it('keeps far more neighbours than chance would', async () => {
    const { near, layout } = await lay(1);
    const found = await nearestNeighbours(layout, 2, 10);
    let kept = 0;
    for (let row = 0; row < rows; row++) {
      const of = (indices: Int32Array) => [...indices.subarray(10 * row, 10 * (row + 1))];
      kept += of(near.indices).filter((each) => of(found.indices).includes(each)).length;
    }
    const chance = 10 / (rows - 1);
    expect(kept / (10 * rows)).toBeGreaterThan(8 * chance);
  });

  it('is the same for the same seed, and another for another', async () => {
    const [first, again, other] = [await lay(1), await lay(1), await lay(2)];
    expect(again.layout).toEqual(first.layout);
    expect(other.layout).not.toEqual(first.layout);
  });

  it('leaves a single point where it is', async () => {
    const layout = await umap(neighbourGraph(await nearestNeighbours(Float64Array.of(1, 2), 2, 15)), {
      start: Float64Array.of(3, 4),
      random: new Random(1),
      epochs: 5,
    });
    expect([...layout].every(Number.isFinite)).toBe(true);
  });
});
