import { accuracyInterval } from '../accuracy-interval.ts';
import { combination, type Estimate } from '../intervals/difference.ts';
import { fewestGroups } from '../intervals/fewest-groups.ts';
import type { Predictions } from '../predictions.ts';

/** The test images by whether another image of their group is in training or validation. */
export interface TestTwins {
  /** Test images with such a twin. */
  readonly twins: number;
  /** The share of the test images that those are. */
  readonly fraction: number;
  /** Of the images without one: the honest test accuracy. Null where they come from fewer than ten groups. */
  readonly honest: Estimate | null;
  /** That minus the test accuracy: below 0 where copies flatter it. Null as above. */
  readonly effect: Estimate | null;
  /** Images without a twin, and their groups. */
  readonly images: number;
  readonly groups: number;
}

/**
 * How well a run does on the test images that have a twin in training or validation, and on the others. `isTwin` says it of each
 * image. Without twins the honest accuracy is the test accuracy, however few groups there are.
 */
export function testTwins(test: Predictions, isTwin: readonly boolean[]): TestTwins {
  const without = choose(test, (i) => !isTwin[i]!);
  const withTwin = choose(test, (i) => isTwin[i]!);
  const images = without.labels.length;
  const twins = withTwin.labels.length;
  const groups = without.groups ? new Set(without.groups).size : images;
  const isEnough = images > 0 && (twins === 0 || groups >= fewestGroups);
  const fraction = twins / isTwin.length;
  const honest = isEnough ? accuracyInterval(without) : null;
  return { twins, fraction, honest, effect: honest && effectOf(fraction, honest, withTwin), images, groups };
}

/**
 * The test accuracy is that of the images with a twin and that of those without, each times its share, so the difference to the
 * latter is that of the two, times the share of twins.
 */
function effectOf(fraction: number, honest: Estimate, withTwin: Predictions): Estimate {
  if (fraction === 0) return { value: 0, ci95: [0, 0] };
  return combination([
    { weight: fraction, estimate: honest },
    { weight: -fraction, estimate: accuracyInterval(withTwin) },
  ]);
}

/** The images of which `isChosen` is true, by their number. */
export function choose(
  { labels, probabilities, groups }: Predictions,
  isChosen: (image: number) => boolean,
): Predictions {
  const chosen = [...probabilities.keys()].filter(isChosen);
  return {
    labels: chosen.map((i) => labels[i]!),
    probabilities: chosen.map((i) => probabilities[i]!),
    groups: groups && chosen.map((i) => groups[i]!),
  };
}
