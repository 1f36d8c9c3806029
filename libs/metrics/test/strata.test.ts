import { Random } from '@thaw/base';
import { describe, expect, it } from 'vitest';
import { accuracyInterval, clustersOf, type Predictions } from '../src/index.ts';
import { drawRate } from './clustered-images.ts';

describe('classes are strata', () => {
  const strata = (labels: number[], groups: string[]) => [...clustersOf({ labels, groups }).stratum];

  it.each([
    ['of as many images', [0, 0, 1, 1], ['a', 'a', 'b', 'c'], [0, 1, 1]],
    ['of as many but for a mean group', [0, 0, 1, 1, 1], ['a', 'b', 'c', 'd', 'e'], [0, 0, 1, 1, 1]],
    [
      'not where one has more by a group larger than most',
      [0, 0, 0, 0, 0, 1, 1],
      ['a', 'a', 'a', 'a', 'b', 'c', 'd'],
      [0, 0, 0, 0],
    ],
    [
      'of as many groups, where these are so many that it is no chance',
      [0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3],
      ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
      [0, 0, 1, 1, 2, 2, 3, 3],
    ],
    [
      'not where as many groups are what chance makes of them',
      [0, 0, 0, 0, 0, 0, 1, 1],
      ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'd'],
      [0, 0, 0, 0],
    ],
    ['not where one has more than that', [0, 0, 0, 1], ['a', 'b', 'c', 'd'], [0, 0, 0, 0]],
    ['not where a group spans them', [0, 1, 1, 0], ['a', 'a', 'b', 'c'], [0, 0, 0]],
  ])('%s', (_, labels, groups, expected) => {
    expect(strata(labels, groups)).toEqual(expected);
  });
});

/** Two classes of which one is much harder; 30 groups are so many of each, or of whichever class it happens to be. */
function draw(random: Random, how: 'by class' | 'at random'): Predictions {
  const size = 6;
  const classOf = Array.from({ length: 30 }, (_, g) => (how === 'by class' ? g % 2 : random.int(2)));
  const rateOf = classOf.map((label) => drawRate(random, [0.2, 0.9][label]!, 0.2));
  const groups = classOf.flatMap((_, g) => new Array<string>(size).fill(`group ${g}`));
  const labels = classOf.flatMap((label) => new Array<number>(size).fill(label));
  const probabilities = labels.map((label, i) => {
    const right = random.uniform() < rateOf[Math.floor(i / size)]!;
    return (right ? label : 1 - label) === 0 ? [1, 0] : [0, 1];
  });
  return { labels, groups, probabilities };
}

// bench/forecast.ts is the same at full size.
it.each(['by class', 'at random'] as const)(
  'an interval holds the truth where groups are drawn %s',
  (how) => {
    const repetitions = 300;
    let held = 0;
    for (let r = 0; r < repetitions; r++) {
      const { ci95 } = accuracyInterval(draw(new Random('strata', how, r), how));
      held += Number(ci95![0] <= 0.55 && 0.55 <= ci95![1]) / repetitions;
    }
    expect(held).toBeGreaterThan(0.92);
    expect(held).toBeLessThan(0.985);
  },
);
